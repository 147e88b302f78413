package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Move;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.BeatReply;
import io.staddle.client.Held;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Failover and fail-back cost one log entry, however many grains.
final class MovesIT {
    private static final int GRAINS = Boolean.getBoolean("staddle.test.full") ? 100_000 : 20_000;
    private static final MoveId FAILOVER = new MoveId("failover");

    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("moves"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    @Test
    void aFailoverOfManyGrainsIsOneLogEntryAndSoIsTheFailBack() {
        Directory.register(client);
        List<GrainId> grains = Directory.grains("cart", GRAINS);
        Directory.acquireAll(client, grains, Directory.EU);
        GrainId one = grains.get(4_711);
        Epoch owned = client.grains().lookup(one).epoch();

        Move failover =
                inOneEntry(
                        new ClusterCommand.FailOver(
                                FAILOVER,
                                Directory.EU,
                                new Fence(1),
                                FailoverCause.OPERATOR,
                                true,
                                new Successor.ByPlacement(),
                                PlanId.NONE));

        assertThat(failover.grainsMoved()).isEqualTo(GRAINS);
        assertThat(client.grains().lookupAll(grains, Consistency.LINEARIZABLE))
                .as("the first lookup of every grain")
                .allMatch(found -> found.value().owner().equals(Optional.of(Directory.US)));
        Ownership moved = client.grains().lookup(one);
        assertThat(moved.owner()).contains(Directory.US);
        assertThat(moved.epoch()).isGreaterThan(owned);
        assertThat(client.grains().checkFence(new Held(one, Directory.EU, owned)).valid())
                .isFalse();

        readmit();
        Move failback =
                inOneEntry(
                        new ClusterCommand.FailBack(
                                new MoveId("failback"), Directory.EU, PlanId.NONE));

        assertThat(failback.grainsMoved()).isEqualTo(GRAINS);
        assertThat(client.grains().lookupAll(grains, Consistency.LINEARIZABLE))
                .allMatch(found -> found.value().owner().equals(Directory.OWNED_BY_EU));
        Ownership back = client.grains().lookup(one);
        assertThat(back.owner()).contains(Directory.EU);
        assertThat(back.epoch()).isGreaterThan(moved.epoch());
        cluster.awaitEqualDigests();
        cluster.nodes()
                .forEach(node ->
                        assertThat(node.api().verify())
                                .satisfies(answer ->
                                        assertThat(answer.getRecomputed())
                                                .isEqualTo(answer.getDigest())));
    }

    private Move inOneEntry(ClusterCommand.OfHoldings command) {
        long before = cluster.awaitEqualDigests().getFirst().getIndex();
        long start = System.nanoTime();
        Result<Move> result = client.clusters().move(command);
        System.out.printf(
                "%s of %d grains took %.1f ms%n",
                command.getClass().getSimpleName(), GRAINS, (System.nanoTime() - start) / 1e6);
        assertThat(result).isInstanceOf(Result.Done.class);
        assertThat(((Result.Done<Move>) result).revision().index()).isEqualTo(before + 1);
        assertThat(cluster.awaitEqualDigests().getFirst().getIndex()).isEqualTo(before + 1);
        return result.orThrow();
    }

    private void readmit() {
        BeatReply unaware = beat(new Fence(1));
        assertThat(((BeatReply.Taken) unaware).cluster().isFenced()).isTrue();
        assertThat(client.clusters().readmit(Directory.EU, FAILOVER))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .isInstanceOf(Refusal.FenceNotAcked.class));
        beat(new Fence(2));
        assertThat(client.clusters().readmit(Directory.EU, FAILOVER).orThrow().state())
                .isEqualTo(ClusterState.HEALTHY);
    }

    private BeatReply beat(Fence acked) {
        return client.clusters().beat(Directory.EU, 0, acked, OptionalLong.empty());
    }
}
