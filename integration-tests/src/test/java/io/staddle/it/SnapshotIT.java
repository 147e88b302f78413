package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.GrainId;
import io.staddle.api.id.ServerId;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Damage;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

/// What happens when the log does not go back far enough.
@Tag("slow")
final class SnapshotIT {
    private static final int ENTRIES = 500;

    /// One command an entry: so that there are many entries soon.
    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("snapshot")
                            .with("snapshot.entries", ENTRIES)
                            .with("limits.entry-commands", 1)
                            .with("limits.entries-in-flight", 32));

    private final TestCluster cluster = CLUSTER.get();

    @Test
    void aFollowerThatSleptOverThePurgeOfTheLogCatchesUpBySnapshot() {
        Directory.register(cluster.client());
        Directory.acquireAll(cluster.client(), Directory.grains("before", ENTRIES), Directory.EU);
        List<ServerNode> followers = cluster.awaitFollowers();
        ServerNode sleeper = followers.getFirst();
        ServerNode next = followers.getLast();
        sleeper.pause();
        // A new term closes the segment: only closed ones can be purged.
        cluster.client().servers().transferLeadership(new ServerId(next.id()));
        List<GrainId> grains = Directory.grains("meanwhile", 5 * ENTRIES);
        Directory.acquireAll(cluster.client(), grains, Directory.EU);
        await("the purge of the first segment")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Damage.logBegin(next.data()) > 0);

        sleeper.resume();

        await("the snapshot")
                .atMost(Duration.ofSeconds(60))
                .until(() -> sleeper.log().contains("Installing the snapshot"));
        cluster.heal();
        cluster.awaitEqualDigests();
        assertVerified();

        // And all of it is there after a crash, from snapshot and log.
        cluster.nodes().parallelStream().forEach(ServerNode::kill);
        cluster.heal();
        cluster.awaitEqualDigests();
        assertVerified();
        assertThat(cluster.client().grains().lookup(grains.getLast()).owner())
                .contains(Directory.EU);
    }

    private void assertVerified() {
        for (ServerNode node : cluster.nodes()) {
            assertThat(node.api().verify())
                    .satisfies(answer ->
                            assertThat(answer.getRecomputed()).isEqualTo(answer.getDigest()));
        }
    }
}
