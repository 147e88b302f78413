package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.Setting;
import io.staddle.api.model.WriteFate;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.api.v1.ReplayTruncated;
import io.staddle.client.ReplayDraft;
import io.staddle.client.ReplayQueues;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/// What a replay queue does not take, and what an operator may throw away. Each test has a queue of
/// its own.
@Tag("slow")
final class ReplayBoundsIT {
    private static final ConsumerId CONSUMER = new ConsumerId("reader");
    private static final int VALUE_BYTES = 64 << 10;
    private static final Duration SHORT = Duration.ofSeconds(2);

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("replay-bounds"));

    private final TestCluster cluster = CLUSTER.get();
    private final ReplayQueues queues = cluster.client().replay();

    @BeforeEach
    void registerClusters() {
        Directory.register(cluster.client());
    }

    @Test
    void aFullQueueRefusesWhoeverLeadsUntilSomethingIsAcknowledged() {
        ClusterId target = target("full");
        limits(Map.of(Setting.REPLAY_ENTRIES_MAX, 10L));
        queues.append(target, writes(1, 10, 1)).orThrow();
        List<ReplayEntry> before = queues.peek(target, 0).entries();

        assertIsFull(queues.append(target, writes(11, 11, 1)), Setting.REPLAY_ENTRIES_MAX);
        cluster.awaitLeader().kill();
        assertIsFull(queues.append(target, writes(11, 12, 1)), Setting.REPLAY_ENTRIES_MAX);
        try (StaddleClient impatient = cluster.client(SHORT)) {
            assertIsFull(
                    impatient
                            .replay()
                            .producer(target, Directory.EU)
                            .append(ReplayDraft.of("k", ByteString.EMPTY)),
                    Setting.REPLAY_ENTRIES_MAX);
        }
        assertThat(queues.peek(target, 0).entries()).isEqualTo(before).hasSize(10);

        queues.acknowledge(target, 1, CONSUMER).orThrow();
        assertThat(queues.append(target, writes(11, 11, 1)).orThrow().fates())
                .containsExactly(new WriteFate.Appended(11));
        cluster.heal();
        cluster.awaitEqualDigests();
    }

    @Test
    void bytesAreBoundedAsEntriesAre() {
        ClusterId target = target("heavy");
        limits(Map.of(Setting.REPLAY_BYTES_MAX, 1L << 20));
        queues.append(target, writes(1, 15, VALUE_BYTES)).orThrow();

        assertIsFull(queues.append(target, writes(16, 16, VALUE_BYTES)), Setting.REPLAY_BYTES_MAX);
        assertThat(queues.status(target).queue().entries()).isEqualTo(15);
        queues.acknowledge(target, 14, CONSUMER).orThrow();
        queues.append(target, writes(16, 29, VALUE_BYTES)).orThrow();
        assertThat(queues.status(target).queue().bytes()).isEqualTo(15 * (VALUE_BYTES + 1L));
    }

    @Test
    void onlyATruncationWithAReasonThrowsAwayWhatNobodyHasApplied() {
        ClusterId target = target("truncated");
        limits(Map.of());
        queues.append(target, writes(1, 20, 1)).orThrow();
        queues.acknowledge(target, 5, CONSUMER).orThrow();

        assertThat(refusal(queues.truncate(target, 20, 4, "looked too early")))
                .isInstanceOf(Refusal.VersionConflict.class);
        assertThat(queues.status(target).queue().entries()).isEqualTo(15);
        Result<ReplayQueue> result = queues.truncate(target, 18, 5, "the disk is gone");
        assertThat(result.orThrow().entries()).isEqualTo(2);
        long index = ((Result.Done<ReplayQueue>) result).revision().index();

        cluster.awaitLeader().kill();
        assertThat(truncation(index))
                .isEqualTo(
                        ReplayTruncated.newBuilder()
                                .setTarget(target.value())
                                .setThroughSeq(18)
                                .setEntries(13)
                                .setBytes(26)
                                .setReason("the disk is gone")
                                .build());
        assertThat(queues.append(target, writes(6, 18, 1)).orThrow().fates())
                .containsOnly(new WriteFate.Known());
        assertThat(queues.peek(target, 0).entries())
                .extracting(ReplayEntry::seq)
                .containsExactly(19L, 20L);
        cluster.heal();
        cluster.awaitEqualDigests();
    }

    private ClusterId target(String name) {
        return Directory.register(cluster.client(), new ClusterId(name)).id();
    }

    /// Puts the bounds of all queues in force, the others as by default.
    private void limits(Map<Setting, Long> limits) {
        Map<String, String> changes = new HashMap<>();
        for (Setting each : List.of(Setting.REPLAY_ENTRIES_MAX, Setting.REPLAY_BYTES_MAX)) {
            String value = Objects.toString(limits.get(each), each.defaultValue().toString());
            changes.put(each.key(), value);
        }
        Directory.configure(cluster.client(), changes);
    }

    private ReplayTruncated truncation(long index) {
        return cluster.awaitLeader()
                .api()
                .events(Duration.ofSeconds(20))
                .list(ListEventsRequest.newBuilder().setAfterIndex(index - 1).setLimit(1).build())
                .getEvents(0)
                .getBody()
                .getReplayTruncated();
    }

    private static List<ReplayWrite> writes(int first, int last, int valueBytes) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seq ->
                        new ReplayWrite(
                                new WriteId(Directory.US, seq),
                                new ReplayKey("k"),
                                ByteString.copyFrom(new byte[valueBytes])))
                .toList();
    }

    private static void assertIsFull(Result<?> result, Setting limit) {
        assertThat(refusal(result))
                .isInstanceOfSatisfying(
                        Refusal.BufferFull.class,
                        full -> assertThat(full.limit()).isEqualTo(limit.key()));
    }

    private static Refusal refusal(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<?>) result).why();
    }
}
