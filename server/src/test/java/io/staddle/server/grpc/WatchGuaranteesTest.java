package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.Before;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.EventFilter;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.GetConfigRequest;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.Promote;
import io.staddle.api.v1.PutConfig;
import io.staddle.api.v1.RaiseFeatureLevel;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;
import io.staddle.api.v1.WriteBatch;
import io.staddle.storage.View;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a watch promises, each promise by its name in docs/guarantees.md, on a real socket and a
/// real machine. What faults of servers do to it is for `WatchFaultsIT`.
final class WatchGuaranteesTest {
    private static final int MANY = 5_000;

    @TempDir static Path directory;
    private static ServedQuorum served;
    private static int acquired;
    private long begin;

    @BeforeAll
    static void start() {
        served = new ServedQuorum(directory, "limits: {}");
        served.register("eu");
        served.register("us");
        done(
                served.stub(ServersGrpc.ServersBlockingStub.class)
                        .raiseFeatureLevel(RaiseFeatureLevel.newBuilder().setLevel(2).build()));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void beginHere() {
        try (View view = served.quorum.view()) {
            begin = view.applied().index() + 1;
        }
    }

    @Test
    void filter() {
        WatchProbe account = watch(from(begin).setFilter(grains("account", "a/")));
        EventFilter ofKind = EventFilter.newBuilder().addKinds("holding_moved").build();
        WatchProbe moves = watch(from(begin).setFilter(ofKind));
        served.register("mars");
        served.register("venus");
        WatchProbe ofVenus =
                watch(from(begin).setFilter(EventFilter.newBuilder().addClusters("venus")));

        acquire("account", "a/1", "mars");
        acquire("account", "b/1", "mars");
        acquire("cart", "a/2", "mars");
        acquire("cart", "a/3", "venus");
        long last = failOver("mars");

        account.awaitThrough(last);
        // What is about all grains of the type may be about one of them.
        assertThat(kinds(account)).containsExactly("holding_opened", "granted", "holding_moved");
        moves.awaitThrough(last);
        assertThat(kinds(moves)).containsExactly("holding_moved", "holding_moved");
        ofVenus.awaitThrough(last);
        assertThat(ofVenus.granted()).containsExactly("a/3");
        assertThat(kinds(ofVenus)).contains("cluster_registered", "holding_moved");
    }

    @Test
    void ordered() {
        WatchProbe early = watch(from(begin));
        long last = acquireMany(MANY);
        WatchProbe late = watch(from(begin));

        early.awaitThrough(last);
        late.awaitThrough(last);
        assertThat(early.revisions()).isSorted();
        assertThat(late.revisions()).isEqualTo(early.revisions());
        assertThat(early.events()).isEqualTo(history());
    }

    @Test
    void unique() {
        WatchProbe probe = watch(from(begin));
        long last = acquireMany(MANY);
        probe.awaitThrough(last);
        assertThat(probe.granted()).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void atomic() {
        acquireMany(MANY);
        WatchProbe probe = watch(from(begin));
        long last = acquireMany(MANY);
        probe.awaitThrough(last);

        Set<Long> before = new HashSet<>();
        for (WatchAnswer answer : probe.answers) {
            Set<Long> entries = new HashSet<>();
            answer.getEventsList().forEach(event -> entries.add(event.getRevision().getIndex()));
            assertThat(entries).noneMatch(before::contains);
            assertThat(entries).allMatch(index -> index <= answer.getThroughIndex());
            before.addAll(entries);
        }
    }

    @Test
    void bookmark() {
        WatchProbe quiet = watch(from(begin).setFilter(grains("cart", "")).setProgressMillis(100));
        quiet.awaitThrough(0);
        long last = acquireMany(MANY);
        quiet.awaitThrough(last);
        assertThat(quiet.events()).isEmpty();
        WatchAnswer mark = quiet.answers.getLast();
        assertThat(mark.hasProgress()).isTrue();
        assertThat(mark.getProgress().getAgeMillis()).isBetween(-1L, 5_000L);

        acquire("cart", "1", "eu");
        WatchProbe resumed = watch(from(mark.getThroughIndex() + 1).setFilter(grains("cart", "")));
        await().until(() -> resumed.granted().size() == 1);
    }

    @Test
    void resumable() {
        long last = acquireMany(MANY);
        List<Event> all = new ArrayList<>();
        long next = begin;
        while (next <= last) {
            WatchProbe part = new WatchProbe(true);
            served.stub(EventsGrpc.EventsStub.class).watch(from(next).build(), part);
            part.take(2);
            await().until(() -> part.answers.size() == 2);
            part.cancel();
            all.addAll(part.events());
            next = part.throughIndex() + 1;
        }
        assertThat(all).isEqualTo(history());
    }

    @Test
    void resumableWithinAnEntry() {
        long last = acquireMany(100);
        WatchProbe rest =
                watch(WatchRequest.newBuilder().setFrom(ModelCodec.encode(new Revision(last, 40))));
        rest.awaitThrough(last);
        assertThat(rest.revisions().getFirst()).isEqualTo(new Revision(last, 40));
        assertThat(rest.granted()).hasSize(60);
    }

    @Test
    void reliable() {
        WatchProbe slow = new WatchProbe(true);
        served.stub(EventsGrpc.EventsStub.class).watch(from(begin).build(), slow);
        keep(40);
        slow.take(1);
        await().until(() -> slow.answers.size() == 1);
        for (int i = 0; i < 100; i++) {
            acquire("account", "k" + i, "eu");
        }
        slow.take(10_000);

        // It may be told all, as it is in memory yet. Whoever comes later is told that it is not.
        WatchProbe late = watch(from(1));
        await().until(() -> late.completed);
        WatchAnswer end = late.answers.getLast();
        assertThat(end.getTrimmed().getFirstKeptIndex()).isGreaterThan(begin);
        assertThat(end.getThroughIndex()).isZero();
        assertThat(late.events()).isEmpty();

        WatchProbe again = watch(from(end.getTrimmed().getFirstKeptIndex()));
        await().until(() -> again.granted().contains("k99"));
        assertThat(again.failure).isEmpty();
        await().until(() -> slow.completed || slow.granted().contains("k99"));
        assertThat(slow.granted())
                .containsExactlyElementsOf(
                        IntStream.range(0, slow.granted().size()).mapToObj(i -> "k" + i).toList());
        assertThat(slow.events()).doesNotHaveDuplicates();
        keep(1_000_000);
    }

    @Test
    void createdFlag() {
        long last = acquireMany(1);
        String key = "n" + (acquired - 1);
        promote(key, 1);
        WatchProbe probe = watch(from(last));

        await().until(() -> probe.granted().size() == 2);
        List<Before> before = before(probe);
        assertThat(before.getFirst().hasNothing()).isTrue();
        assertThat(before.getLast().hasNothing()).isFalse();
    }

    @Test
    void previousValue() {
        long last = acquireMany(1);
        String key = "n" + (acquired - 1);
        promote(key, 1);
        WatchProbe asked = watch(from(last + 1));
        WatchProbe notAsked = watch(from(last + 1).setPrevious(false));

        await().until(() -> !asked.granted().isEmpty() && !notAsked.granted().isEmpty());
        assertThat(before(asked))
                .containsExactly(Before.newBuilder().setOwner("eu").setEpoch(1).build());
        assertThat(before(notAsked)).containsExactly(Before.getDefaultInstance());
    }

    @Test
    void withoutABeginningItTellsWhatComesAfterIt() {
        acquire("account", "before", "eu");
        WatchProbe probe = watch(WatchRequest.newBuilder());
        await().until(() -> !probe.answers.isEmpty());
        acquire("account", "after", "eu");
        await().until(() -> probe.granted().contains("after"));
        assertThat(probe.granted()).containsExactly("after");
    }

    @Test
    void aBeginningThatIsNotReachedYetIsRefused() {
        WatchProbe probe = watch(from(begin + 1_000));
        await().until(() -> probe.failure.isPresent());
        assertThat(probe.failure.orElseThrow().getStatus().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aFilterForWhatThereIsNotIsRefused() {
        EventFilter typo = EventFilter.newBuilder().addKinds("grnated").build();
        WatchProbe probe = watch(from(begin).setFilter(typo));
        await().until(() -> probe.failure.isPresent());
        assertThat(probe.failure.orElseThrow().getStatus().getDescription()).contains("grnated");
    }

    private WatchProbe watch(WatchRequest.Builder request) {
        WatchProbe probe = new WatchProbe();
        served.stub(EventsGrpc.EventsStub.class).watch(request.build(), probe);
        return probe;
    }

    private static WatchRequest.Builder from(long index) {
        return WatchRequest.newBuilder()
                .setFrom(ModelCodec.encode(new Revision(index, 0)))
                .setPrevious(true);
    }

    private static EventFilter grains(String type, String prefix) {
        return EventFilter.newBuilder().addTypes(type).setKeyPrefix(prefix).build();
    }

    private List<Event> history() {
        List<Event> all = new ArrayList<>();
        long after = begin - 1;
        while (true) {
            var page =
                    served.stub(EventsGrpc.EventsBlockingStub.class)
                            .list(ListEventsRequest.newBuilder().setAfterIndex(after).build());
            all.addAll(page.getEventsList());
            if (page.getThroughIndex() == page.getHeader().getIndex()) {
                return all;
            }
            after = page.getThroughIndex();
        }
    }

    private long acquire(String type, String key, String cluster) {
        return done(
                served.stub(DirectoryGrpc.DirectoryBlockingStub.class)
                        .acquire(grant(type, key, cluster)));
    }

    /// Acquires grains, a thousand an entry, and returns the last entry.
    private long acquireMany(int count) {
        long last = 0;
        for (int done = 0; done < count; done += 1_000) {
            WriteBatch.Builder batch = WriteBatch.newBuilder();
            for (int i = done; i < Math.min(count, done + 1_000); i++) {
                Acquire acquire = grant("account", "n" + acquired++, "eu");
                batch.addCommands(Command.newBuilder().setAcquire(acquire));
            }
            var outcomes = served.stub(BatchGrpc.BatchBlockingStub.class).write(batch.build());
            last = done(outcomes.getOutcomes(outcomes.getOutcomesCount() - 1));
        }
        return last;
    }

    private void promote(String key, long seenEpoch) {
        done(
                served.stub(DirectoryGrpc.DirectoryBlockingStub.class)
                        .promote(
                                Promote.newBuilder()
                                        .setGrain(Grain.newBuilder().setType("account").setKey(key))
                                        .setSeenOwner("eu")
                                        .setSeenEpoch(seenEpoch)
                                        .setTo("us")
                                        .setFromLiveOwner(true)
                                        .build()));
    }

    private static List<Before> before(WatchProbe probe) {
        return probe.events().stream()
                .filter(each -> each.getBody().hasGranted())
                .map(each -> each.getBody().getGranted().getBefore())
                .toList();
    }

    private static Acquire grant(String type, String key, String cluster) {
        return Acquire.newBuilder()
                .setGrain(Grain.newBuilder().setType(type).setKey(key))
                .setCluster(cluster)
                .build();
    }

    private long failOver(String cluster) {
        return done(
                served.stub(ClustersGrpc.ClustersBlockingStub.class)
                        .failOver(
                                FailOver.newBuilder()
                                        .setCluster(cluster)
                                        .setMoveId("move-1")
                                        .setSeenFence(1)
                                        .setSuccessor("venus")
                                        .setForce(true)
                                        .build()));
    }

    private void keep(int entries) {
        var servers = served.stub(ServersGrpc.ServersBlockingStub.class);
        var config = servers.getConfig(GetConfigRequest.getDefaultInstance()).getConfig();
        done(
                servers.putConfig(
                        PutConfig.newBuilder()
                                .putChanges("history.entries-max", Integer.toString(entries))
                                .setSeenVersion(config.getVersion())
                                .build()));
    }

    private static long done(Outcome outcome) {
        assertThat(outcome.hasRefusal()).as("%s", outcome).isFalse();
        return outcome.getRevision().getIndex();
    }

    private static List<String> kinds(WatchProbe probe) {
        return probe.events().stream()
                .map(event -> EventFilterCodec.kind(event.getBody()))
                .toList();
    }
}
