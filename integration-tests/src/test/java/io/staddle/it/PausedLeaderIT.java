package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.staddle.api.answer.Answer;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.client.Held;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A leader that was paused does not know yet that it leads no more.
///
/// With a `ReadIndex` that does not ask the others about half of the runs fail: whether the old
/// leader answers before it hears of the new one is a race. So it is run more than once.
final class PausedLeaderIT {
    private static final int ASKERS = 16;
    private static final int ANSWERS = 400;
    private static final int WARM_UP = 1_000;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int LEADERS_MAX = 10;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("paused-leader"));

    private final TestCluster cluster = CLUSTER.get();
    private final Queue<String> outOfDate = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean stopping;

    @Test
    void aPausedLeaderNeverPassesAFenceCheckThatIsOutOfDate() throws InterruptedException {
        pauseAndAsk();
    }

    @RepeatedTest(20)
    @Tag("soak")
    void aPausedLeaderNeverPassesOneHoweverOften() throws InterruptedException {
        pauseAndAsk();
    }

    private void pauseAndAsk() throws InterruptedException {
        Directory.register(cluster.client());
        GrainId grain = GrainId.of("paused", "term-" + System.nanoTime());
        Held old = Held.by(cluster.client().grains().acquire(grain, Directory.EU).orThrow());
        ServerNode leader = warmLeader(old);

        leader.pause();
        cluster.awaitLeaderOtherThan(leader);
        Answer.Grant taken =
                cluster.client().grains().reassign(grain, Directory.US, old.epoch()).orThrow();
        assertThat(taken.epoch()).isGreaterThan(old.epoch());
        // Asked while it is paused: it answers these first of all.
        List<Thread> askers =
                Stream.generate(() -> Thread.ofVirtual().start(() -> ask(leader, old)))
                        .limit(ASKERS)
                        .toList();
        await("questions on their way")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> asked.get() >= ASKERS);
        leader.resume();
        await("answers of the old leader")
                .atMost(Duration.ofSeconds(60))
                .until(() -> answered.get() >= ANSWERS);
        stopping = true;
        for (Thread asker : askers) {
            asker.join();
        }

        assertThat(outOfDate).isEmpty();
    }

    /// What is compiled answers before the news of the new leader are through. Who warms up may be
    /// followed by another leader meanwhile.
    private ServerNode warmLeader(Held held) {
        for (int tries = 1; true; tries++) {
            ServerNode leader = cluster.awaitLeader();
            try {
                for (int i = 0; i < WARM_UP; i++) {
                    assertThat(checkFence(leader, held)).isTrue();
                }
                return leader;
            } catch (StatusRuntimeException leadsNoMore) {
                if (tries == LEADERS_MAX) {
                    throw leadsNoMore;
                }
            }
        }
    }

    private void ask(ServerNode leader, Held old) {
        while (!stopping) {
            asked.incrementAndGet();
            try {
                if (checkFence(leader, old)) {
                    outOfDate.add("the old owner passed the fence check");
                }
                Ownership found =
                        Calls.ownership(
                                leader.api()
                                        .directory(Duration.ofSeconds(5))
                                        .lookup(Calls.lookup(old.grain(), Calls.LINEARIZABLE)));
                if (!found.owner().equals(Optional.of(Directory.US))) {
                    outOfDate.add("a linearizable lookup showed " + found);
                }
                answered.incrementAndGet();
            } catch (StatusRuntimeException notNow) {
                // Not to answer is right as well.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean checkFence(ServerNode server, Held held) {
        return server.api()
                .directory(Duration.ofSeconds(5))
                .checkFence(Calls.checkFence(held))
                .getValid();
    }
}
