package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.answer.Answer;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Ownership;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.client.Held;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// What a client sees of servers that are well.
final class ReadsAndWritesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int COMMANDS_MAX = 1_000;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("reads-and-writes")
                            .with("limits.batch-commands", COMMANDS_MAX)
                            .with("limits.commands-in-flight", COMMANDS_MAX)
                            .with("limits.message-bytes", 1 << 20));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    @BeforeEach
    void registerClusters() {
        Directory.register(client);
    }

    @Test
    void everyServerShowsAWriteAsSoonAsItIsAnswered() {
        for (int round = 0; round < 20; round++) {
            GrainId grain = GrainId.of("seen-everywhere", Integer.toString(round));
            Answer.Grant grant = client.grains().acquire(grain, Directory.EU).orThrow();
            for (ServerNode node : cluster.nodes()) {
                LookupAnswer answer =
                        node.api()
                                .directory(PATIENCE)
                                .lookup(Calls.lookup(grain, Calls.LINEARIZABLE));
                assertThat(Calls.ownership(answer).isHeldBy(Directory.EU, grant.epoch())).isTrue();
                assertThat(answer.getHeader().getServer()).isEqualTo(node.id());
                assertThat(node.api().directory(PATIENCE).checkFence(fence(grant)).getValid())
                        .isTrue();
            }
        }
    }

    @Test
    void readsAtLeastAsNewAsAWriteShowIt() {
        GrainId grain = GrainId.of("at-least", "1");
        Result.Done<Answer.Grant> done = done(client.grains().acquire(grain, Directory.EU));
        long index = done.revision().index();
        for (ServerNode node : cluster.nodes()) {
            LookupAnswer answer =
                    node.api()
                            .directory(PATIENCE)
                            .lookup(Calls.lookup(grain, Calls.atLeast(index)));
            assertThat(answer.getHeader().getIndex()).isGreaterThanOrEqualTo(index);
            assertThat(Calls.ownership(answer).owner()).contains(Directory.EU);
        }
    }

    @Test
    void staleAndBoundedReadsSayHowOldTheyMayBe() {
        GrainId grain = GrainId.of("stale", "1");
        client.grains().acquire(grain, Directory.EU).orThrow();
        for (ServerNode node : cluster.nodes()) {
            LookupAnswer bounded =
                    node.api()
                            .directory(PATIENCE)
                            .lookup(Calls.lookup(grain, Calls.bounded(5_000)));
            LookupAnswer stale =
                    node.api().directory(PATIENCE).lookup(Calls.lookup(grain, Calls.STALE));
            assertThat(bounded.getHeader().getAgeMillis()).isBetween(0L, 5_000L);
            assertThat(stale.getHeader().getAgeMillis()).isBetween(-1L, 5_000L);
            assertThat(stale.getHeader().getIndex()).isPositive();
        }
    }

    @Test
    void refusalsTravelWithTheirFacts() {
        GrainId grain = GrainId.of("refused", "1");
        Answer.Grant grant = client.grains().acquire(grain, Directory.EU).orThrow();

        Refusal why = refusal(client.grains().acquire(grain, Directory.US));

        assertThat(why).isInstanceOf(Refusal.OwnedByOther.class);
        Ownership current = ((Refusal.OwnedByOther) why).current();
        assertThat(current.isHeldBy(Directory.EU, grant.epoch())).isTrue();
        assertThat(refusal(client.grains().acquire(grain, new ClusterId("nobody"))))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(refusal(client.grains().release(new Held(grain, Directory.EU, new Epoch(99)))))
                .isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void oneBadCommandOfABatchHoldsUpNoOther() {
        Command good = acquire(GrainId.of("batch", "good"));
        Command noName =
                good.toBuilder()
                        .setAcquire(
                                Acquire.newBuilder()
                                        .setGrain(Grain.newBuilder().setType("batch").setKey("")))
                        .build();
        Command last = acquire(GrainId.of("batch", "last"));

        WriteBatchAnswer answer =
                cluster.awaitLeader()
                        .api()
                        .batch(PATIENCE)
                        .write(
                                WriteBatch.newBuilder()
                                        .addCommands(good)
                                        .addCommands(noName)
                                        .addCommands(last)
                                        .build());

        assertThat(answer.getOutcomesList())
                .extracting(Outcome::getResultCase)
                .containsExactly(
                        Outcome.ResultCase.GRANT,
                        Outcome.ResultCase.REFUSAL,
                        Outcome.ResultCase.GRANT);
        assertThat(answer.getOutcomes(1).getRefusal().getCode()).isEqualTo("MALFORMED");
    }

    @Test
    void aCommandOfANewerClientIsRefusedAndHarmsNobody() {
        UnknownFieldSet.Field future =
                UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8("of a newer version"))
                        .build();
        Command unknown =
                Command.newBuilder()
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder().addField(19_000, future).build())
                        .build();

        WriteBatchAnswer answer =
                cluster.awaitLeader()
                        .api()
                        .batch(PATIENCE)
                        .write(
                                WriteBatch.newBuilder()
                                        .addCommands(unknown)
                                        .addCommands(acquire(GrainId.of("newer", "1")))
                                        .build());

        assertThat(answer.getOutcomes(0).getRefusal().getCode()).isEqualTo("MALFORMED");
        assertThat(answer.getOutcomes(1).hasGrant()).isTrue();
        cluster.awaitEqualDigests();
    }

    @Test
    void aMessageThatIsTooLongIsTurnedAwayAndTheConnectionLivesOn() {
        String huge = "x".repeat((1 << 20) + 1);
        Command command =
                Command.newBuilder()
                        .setAcquire(Acquire.newBuilder().setGrain(Grain.newBuilder().setKey(huge)))
                        .build();
        ServerNode leader = cluster.awaitLeader();

        assertThatThrownBy(() ->
                        leader.api()
                                .batch(PATIENCE)
                                .write(WriteBatch.newBuilder().addCommands(command).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            // It never fits: who is told that a server is full would repeat it.
                            assertThat(e.getStatus().getCode())
                                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
                            assertThat(e).hasMessageContaining("limits.message-bytes");
                        });
        assertThat(leader.api().describe()).isPresent();
    }

    @Test
    void keysOfAnyTextComeBackAsTheyWere() {
        List<String> keys =
                List.of("a/b/c", "/", "ünï", "漢字", "𝄞", " ", "x".repeat(512), "%00", "..");
        for (String key : keys) {
            GrainId grain = GrainId.of("täxt", key);
            client.grains().acquire(grain, Directory.EU).orThrow();
            assertThat(client.grains().lookup(grain).grain()).isEqualTo(grain);
        }
    }

    @Test
    void aServerThatIsFullSaysSoAtOnceAndWhatItHadIsCarriedOut() throws Exception {
        ServerNode leader = cluster.awaitLeader();
        cluster.awaitFollowers().forEach(ServerNode::pause);
        List<DirectoryCommand> many =
                IntStream.range(0, COMMANDS_MAX)
                        .<DirectoryCommand>mapToObj(i ->
                                new DirectoryCommand.Acquire(
                                        GrainId.of("full", Integer.toString(i)), Directory.EU, 0))
                        .toList();
        Future<WriteBatchAnswer> held =
                leader.api().batchLater(Duration.ofSeconds(30)).write(Calls.write(many));

        StatusRuntimeException full =
                await("a full server")
                        .pollDelay(Duration.ZERO)
                        .until(
                                () -> tryOne(leader),
                                e -> e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED);
        cluster.nodes().forEach(ServerNode::resume);

        assertThat(full.getStatus().getDescription()).contains("limits.commands-in-flight");
        assertThat(outcomes(held)).isEqualTo(COMMANDS_MAX);
    }

    /// Returns how a single command failed on a leader that cannot commit.
    private static StatusRuntimeException tryOne(ServerNode leader) {
        try {
            Outcome outcome =
                    leader.api()
                            .directory(Duration.ofMillis(200))
                            .acquire(acquire(GrainId.of("full", "one more")).getAcquire());
            throw new AssertionError("no quorum, but " + outcome);
        } catch (StatusRuntimeException e) {
            return e;
        }
    }

    /// Counts the outcomes; as many if leadership was lost meanwhile, which no test can rule out.
    private static int outcomes(Future<WriteBatchAnswer> held) throws Exception {
        try {
            return held.get(30, TimeUnit.SECONDS).getOutcomesCount();
        } catch (ExecutionException e) {
            assertThat(e).hasMessageContaining("UNAVAILABLE");
            return COMMANDS_MAX;
        }
    }

    private static Command acquire(GrainId grain) {
        return CommandCodec.encode(
                new DirectoryCommand.Acquire(grain, Directory.EU, 0), Origin.NONE);
    }

    private static io.staddle.api.v1.CheckFenceRequest fence(Answer.Grant grant) {
        return Calls.checkFence(Held.by(grant));
    }

    private static <T> Result.Done<T> done(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Done.class);
        return (Result.Done<T>) result;
    }

    private static Refusal refusal(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<?>) result).why();
    }
}
