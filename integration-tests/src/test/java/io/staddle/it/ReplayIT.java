package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.WriteFate;
import io.staddle.client.ReplayDraft;
import io.staddle.client.ReplayProducer;
import io.staddle.client.ReplayQueues;
import io.staddle.client.ReplayRun;
import io.staddle.client.Result;
import io.staddle.client.StaddleSupersededException;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ReplayReader;
import io.staddle.it.kit.ReplayWriter;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What holds of replay queues while servers, producers and consumers fail. Each test has a queue
/// of its own.
final class ReplayIT {
    private static final ConsumerId CONSUMER = new ConsumerId("reader");
    private static final int SOME = 300;

    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("replay"));

    private final TestCluster cluster = CLUSTER.get();
    private final ReplayQueues queues = cluster.client().replay();

    @BeforeEach
    void registerClusters() {
        Directory.register(cluster.client());
    }

    @Test
    void nothingAppendedIsLostNorDoubledWhenTheLeaderIsKilled() {
        ClusterId target = target("leader-killed");
        ReplayWriter writer = ReplayWriter.start(cluster, target);
        // It ends before the server is back: what it wrote meanwhile would be most of the queue.
        try (writer) {
            killLeader(writer);
        }
        cluster.heal();
        assertThat(writer.notDone()).as("a deadline of 20 s is long enough").isEmpty();
        List<Integer> drained = new ArrayList<>();
        queues.consumer(target, CONSUMER).drain(entry -> drained.add(ReplayWriter.number(entry)));
        assertThat(drained).isEqualTo(IntStream.range(0, writer.appended()).boxed().toList());
        cluster.awaitEqualDigests();
    }

    @Test
    void aConsumerThatWasKilledBetweenPeekAndAckReadsTheSameEntries() throws Exception {
        ClusterId target = target("consumer-killed");
        append(target, 50);
        queues.acknowledge(target, 10, CONSUMER).orThrow();
        List<Long> left = LongStream.rangeClosed(11, 50).boxed().toList();

        try (ReplayReader reader = ReplayReader.start(cluster, target)) {
            await("an entry applied and not acknowledged")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> reader.applied().equals(left.subList(0, 1)));
            reader.kill();
        }

        assertThat(queues.status(target).queue().ackedSeq()).isEqualTo(10);
        List<Long> again = new ArrayList<>();
        queues.consumer(target, CONSUMER).drain(entry -> again.add(entry.seq()));
        assertThat(again).isEqualTo(left);
        assertThat(queues.status(target).queue().entries()).isZero();
    }

    @Test
    @Tag("slow")
    void aConsumerGoesOnInOrderWhileTheLeaderIsKilled() {
        ClusterId target = target("leaders-killed");
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        ReplayWriter writer = ReplayWriter.start(cluster, target);
        try (ReplayRun run =
                queues.consumer(target, CONSUMER)
                        .withPagesOf(20)
                        .start(entry -> seen.add(ReplayWriter.number(entry)))) {
            try (writer) {
                killLeader(writer);
                cluster.heal();
            }
            await("an empty queue")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> queues.status(target).queue().entries() == 0);
            assertThat(run.ended()).isNotDone();
        }
        assertThat(writer.notDone()).isEmpty();
        assertThat(seen.stream().distinct())
                .as("each, and first in its place")
                .isEqualTo(IntStream.range(0, writer.appended()).boxed().toList());
    }

    @Test
    void aRepeatedAppendAddsNothingWhoeverLeadsAndThoughItWasAcknowledged() {
        ClusterId target = target("repeated");
        List<ReplayWrite> writes = writes(200);
        queues.append(target, writes).orThrow();
        List<WriteFate> known = Collections.nCopies(200, new WriteFate.Known());

        assertThat(queues.append(target, writes).orThrow().fates()).isEqualTo(known);
        ServerNode first = cluster.awaitLeader();
        first.kill();
        assertThat(queues.append(target, writes).orThrow().fates()).isEqualTo(known);
        queues.acknowledge(target, 200, CONSUMER).orThrow();
        assertThat(queues.append(target, writes).orThrow().fates()).isEqualTo(known);
        assertThat(queues.status(target).queue().nextSeq()).isEqualTo(201);
        cluster.heal();
        cluster.awaitEqualDigests();
    }

    @Test
    @Tag("slow")
    void aProducerThatBeginsSupersedesTheOneBeforeWhoeverLeads() {
        ClusterId target = target("superseded");
        ReplayProducer older = queues.producer(target, Directory.US);
        older.append(ReplayDraft.of("k", ReplayWriter.value(0))).orThrow();
        cluster.awaitLeader().kill();
        append(target, 1);

        ReplayDraft late = ReplayDraft.of("k", ReplayWriter.value(2));
        assertThat(older.append(late)).isInstanceOf(Result.Unknown.class);
        assertThatThrownBy(() -> older.append(late)).isInstanceOf(StaddleSupersededException.class);
        assertThat(queues.peek(target, 0).entries())
                .extracting(ReplayWriter::number)
                .containsExactly(0, 0);
        cluster.heal();
        cluster.awaitEqualDigests();
    }

    @Test
    void aQueueIsThereAfterAllServersWereKilledAtOnce() {
        ClusterId target = target("all-killed");
        append(target, 2_000);
        queues.acknowledge(target, 1_500, CONSUMER).orThrow();
        List<ReplayEntry> before = queues.peek(target, 0).entries();

        cluster.nodes().parallelStream().forEach(ServerNode::kill);
        cluster.nodes().forEach(ServerNode::start);

        assertThat(queues.peek(target, 0).entries()).isEqualTo(before).hasSize(500);
        cluster.awaitEqualDigests();
    }

    private ClusterId target(String name) {
        return Directory.register(cluster.client(), new ClusterId(name)).id();
    }

    private void append(ClusterId target, int count) {
        queues.producer(target, Directory.US)
                .appendAll(
                        IntStream.range(0, count)
                                .mapToObj(i -> ReplayDraft.of("k", ReplayWriter.value(i)))
                                .toList())
                .forEach(result -> assertThat(result.orThrow().id().seq()).isPositive());
    }

    private static List<ReplayWrite> writes(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(seq ->
                        new ReplayWrite(
                                new WriteId(Directory.US, seq),
                                new ReplayKey("k"),
                                ByteString.copyFromUtf8("v" + seq)))
                .toList();
    }

    private void killLeader(ReplayWriter writer) {
        awaitMore(writer);
        cluster.awaitLeader().kill();
        awaitMore(writer);
    }

    private static void awaitMore(ReplayWriter writer) {
        int before = writer.appended();
        await("more appends")
                .atMost(Duration.ofSeconds(60))
                .until(() -> writer.appended() >= before + SOME);
    }
}
