package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.GrainId;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Forgery;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Servers compare their states by themselves; one that differs takes itself out.
@Tag("slow")
final class DivergenceIT {
    private static final int DATA_REFUSED = 78;
    private static final List<GrainId> GRAINS = Directory.grains("compared", 100);

    @Test
    void aServerWhoseStateDiffersTakesItselfOutAgainAndAgain() throws IOException {
        try (TestCluster cluster = TestCluster.start(ClusterSettings.named("divergence"))) {
            Directory.register(cluster.client());
            Directory.acquireAll(cluster.client(), GRAINS, Directory.EU);
            awaitAgreement(cluster);

            ServerNode odd = cluster.awaitFollowers().getFirst();
            assertThat(odd.stop()).isZero();
            forge(cluster, odd);
            assertTakesItselfOut(odd, odd.startAndAwaitEnd());

            // Nobody else is moved by it, and starting it again does not help.
            assertThat(cluster.client().grains().lookup(GRAINS.get(7)).owner())
                    .isEqualTo(Directory.OWNED_BY_EU);
            cluster.client().grains().acquire(GRAINS.get(7), Directory.EU).orThrow();
            assertTakesItselfOut(odd, odd.startAndAwaitEnd());
            assertThat(cluster.nodes())
                    .allMatch(
                            other -> other == odd || other.isRunning(),
                            "it runs, or is the odd one");
        }
    }

    private static void forge(TestCluster cluster, ServerNode odd) throws IOException {
        Path state = odd.data().resolve("state");
        Forgery.raiseEpoch(state, cluster.home().getFileName().toString(), GRAINS.get(7));
    }

    private static void assertTakesItselfOut(ServerNode odd, ServerNode.End end) {
        assertThat(end.exitCode()).as(end.log()).isEqualTo(DATA_REFUSED);
        assertThat(end.log())
                .contains("the state of this server, " + odd.id() + ", differs from that of most")
                .contains("Replacing a server");
    }

    private static void awaitAgreement(TestCluster cluster) {
        await("all servers to have compared themselves")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        cluster.awaitEqualDigests().stream().allMatch(DivergenceIT::hasAgreed));
    }

    private static boolean hasAgreed(DigestAnswer digest) {
        return digest.getAgreedIndex() == digest.getIndex() && digest.getDifferingCount() == 0;
    }
}
