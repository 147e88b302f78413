package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.Since;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.RoutingDelta;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

final class RoutingCacheTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final GroupId GROUP = new GroupId(1);

    private final List<VShardRecord> truth = new ArrayList<>();
    private final List<Long> asked = new ArrayList<>();
    private final RoutingCache cache = new RoutingCache(this::changesAfter);
    private long index = 10;
    private volatile long askingMillis;

    @Test
    void theFirstCallAsksForAllAndLaterOnesForNothing() {
        initialise();

        assertThat(cache.call("k", VShardRecord::leaseholder)).isEqualTo(A);
        assertThat(cache.call("other", VShardRecord::leaseholder)).isEqualTo(A);
        assertThat(asked).containsExactly(0L);
        assertThat(cache.table().index()).isEqualTo(10);
    }

    @Test
    void whoIsAskedForWhatHasMovedRefusesAndTheNewOneIsAskedOnce() {
        initialise();
        cache.refresh();
        move("k", B);
        List<NodeId> tried = new ArrayList<>();

        NodeId served =
                cache.call(
                        "k",
                        vShard -> {
                            tried.add(vShard.leaseholder());
                            return serve(vShard);
                        });

        assertThat(served).isEqualTo(B);
        assertThat(tried).containsExactly(A, B);
        assertThat(asked).as("only what has changed is asked for").containsExactly(0L, 10L);
        assertThat(cache.call("k", RoutingCacheTest.this::serve)).isEqualTo(B);
        assertThat(asked).hasSize(2);
    }

    @Test
    void whoRefusesTwiceIsNotAskedAThirdTime() {
        initialise();
        List<NodeId> tried = new ArrayList<>();

        assertThatThrownBy(() ->
                        cache.call(
                                "k",
                                vShard -> {
                                    tried.add(vShard.leaseholder());
                                    throw new WrongOwnerException("not here");
                                }))
                .isInstanceOf(WrongOwnerException.class);
        assertThat(tried).hasSize(1);
        tried.clear();
        assertThatThrownBy(() ->
                        cache.call(
                                "k",
                                vShard -> {
                                    tried.add(vShard.leaseholder());
                                    throw new WrongOwnerException("not here");
                                }))
                .isInstanceOf(WrongOwnerException.class);
        assertThat(tried).hasSize(2);
    }

    @Test
    void ofAllWhoAreRefusedAtOnceOneOrTwoAsk() throws Exception {
        initialise();
        cache.refresh();
        move("k", B);
        int callers = 32;
        askingMillis = 50;
        CyclicBarrier refused = new CyclicBarrier(callers);
        Callable<NodeId> caller =
                () ->
                        cache.call(
                                "k",
                                vShard -> {
                                    if (vShard.leaseholder().equals(A)) {
                                        await(refused);
                                    }
                                    return serve(vShard);
                                });

        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (Future<NodeId> each : threads.invokeAll(Collections.nCopies(callers, caller))) {
                assertThat(each.get()).isEqualTo(B);
            }
        }
        assertThat(asked).as("the first time, and since").hasSizeBetween(2, 1 + callers / 4);
    }

    @Test
    void anAnswerOfAnOlderStateChangesNothing() {
        initialise();
        RoutingTable now = cache.refresh();
        RoutingDelta old = new RoutingDelta(now.layout(), List.of(), List.of(), List.of());

        assertThat(now.with(new Observed<>(new AnswerHeader(9, "s", 0), old))).isSameAs(now);
    }

    @Test
    void withoutRoutingThereIsNobodyToAsk() {
        assertThatThrownBy(() -> cache.call("k", VShardRecord::leaseholder))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void initialise() {
        for (int i = 0; i < 16; i++) {
            truth.add(VShardRecord.fresh(new VShardId(i), GROUP, A, since(10)));
        }
    }

    private void move(String key, NodeId to) {
        int at = VShardId.ofKey(key, truth.size()).value();
        index++;
        truth.set(at, truth.get(at).assigned(GROUP, to, since(index)));
    }

    private NodeId serve(VShardRecord seen) {
        VShardRecord now = truth.get(seen.id().value());
        if (!now.isHeldBy(seen.leaseholder(), seen.epoch())) {
            throw new WrongOwnerException("it is served by " + now.leaseholder());
        }
        return now.leaseholder();
    }

    private Observed<RoutingDelta> changesAfter(long since) {
        asked.add(since);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(askingMillis));
        Optional<RoutingLayout> layout =
                truth.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RoutingLayout(truth.size(), 1, 1, List.of(A)));
        List<VShardRecord> changed =
                truth.stream().filter(each -> each.changed().revision().index() > since).toList();
        return new Observed<>(
                new AnswerHeader(index, "s", 0),
                new RoutingDelta(layout, List.of(), List.of(), changed));
    }

    private static Since since(long at) {
        return new Since(new Revision(at, 0), 1);
    }
}
