package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.GrainId;
import io.staddle.api.id.ServerId;
import io.staddle.api.query.Consistency;
import io.staddle.client.GrainDirectory;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleUnavailableException;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ForcedFailover;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.SmallDisk;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// A server whose disk is full stops, and comes back when there is room.
///
/// It needs to mount a small disk; where that is not allowed it says so and is skipped.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class DiskFullIT {
    private static final int DISK_MEGABYTES = 192;

    /// More than a segment of the log, so that a new one is needed.
    private static final int GRAINS = 70_000;

    private SmallDisk disk = SmallDisk.NONE;
    private List<TestCluster> clusters = List.of();

    @BeforeAll
    void start() {
        disk = SmallDisk.mount(DISK_MEGABYTES);
        if (!disk.isMounted()) {
            System.err.println("NOT TESTED: full disks. This user may not mount one.");
            Assumptions.abort("this user may not mount a disk");
        }
        TestCluster cluster =
                TestCluster.start(
                        ClusterSettings.named("disk-full")
                                .onDisk(0, disk.path())
                                .with("limits.disk-reserve-bytes", 0));
        clusters = List.of(cluster);
        Directory.register(cluster.client());
    }

    @AfterAll
    void stop() throws IOException {
        clusters.forEach(TestCluster::close);
        disk.close();
    }

    @Test
    void aLeaderWhoseDiskIsFullStopsAndNothingAcknowledgedIsLost() throws IOException {
        TestCluster cluster = clusters.getFirst();
        ServerNode small = cluster.nodes().getFirst();
        if (cluster.awaitLeader() != small) {
            cluster.client().servers().transferLeadership(new ServerId(small.id()));
        }
        fillAndWrite(cluster, small, "leader-full");
    }

    @Test
    void aFollowerWhoseDiskIsFullStopsAndTheOthersGoOn() throws IOException {
        TestCluster cluster = clusters.getFirst();
        ServerNode small = cluster.nodes().getFirst();
        if (cluster.awaitLeader() == small) {
            ServerNode other = cluster.nodes().getLast();
            cluster.client().servers().transferLeadership(new ServerId(other.id()));
        }
        fillAndWrite(cluster, small, "follower-full");
    }

    @Test
    void aLeaderWhoseDiskIsNearlyFullGoesOnWithWhatHasToGoOn() throws IOException {
        try (SmallDisk nearlyFull = SmallDisk.mount(DISK_MEGABYTES);
                TestCluster cluster =
                        TestCluster.start(
                                ClusterSettings.named("disk-reserve")
                                        .onDisk(0, nearlyFull.path())
                                        .with("limits.disk-reserve-bytes", "48MiB"))) {
            StaddleClient client = cluster.client();
            Directory.register(client);
            ForcedFailover failover = new ForcedFailover(cluster, "reserve", 3);
            cluster.handOverTo(cluster.nodes().getFirst());
            nearlyFull.fill(8 << 20);

            GrainDirectory impatient =
                    client.grains(client.options().within(Duration.ofSeconds(2)));
            GrainId another = GrainId.of("reserve", "another");
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> impatient.acquire(another, Directory.EU))
                            .isInstanceOf(StaddleUnavailableException.class)
                            .hasMessageContaining("limits.disk-reserve-bytes"));
            assertThat(failover.insist().grainsMoved()).isEqualTo(3);

            nearlyFull.free();
            await().ignoreExceptionsInstanceOf(StaddleUnavailableException.class)
                    .until(() -> impatient.acquire(another, Directory.US) instanceof Result.Done);
            cluster.awaitEqualDigests();
        }
    }

    private void fillAndWrite(TestCluster cluster, ServerNode small, String type)
            throws IOException {
        disk.fill();
        List<GrainId> grains = longKeys(type);
        Directory.acquireAll(cluster.client(), grains, Directory.EU);

        ServerNode.End end = small.awaitEnd(0);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.HALTED);
        assertThat(end.log()).contains("No space left on device");
        disk.free();
        cluster.heal();
        cluster.awaitEqualDigests();
        assertThat(cluster.client().grains().lookupAll(grains, Consistency.LINEARIZABLE))
                .allMatch(found -> found.value().owner().equals(Directory.OWNED_BY_EU));
    }

    private static List<GrainId> longKeys(String type) {
        String prefix = "x".repeat(480);
        return IntStream.range(0, GRAINS).mapToObj(i -> GrainId.of(type, prefix + i)).toList();
    }
}
