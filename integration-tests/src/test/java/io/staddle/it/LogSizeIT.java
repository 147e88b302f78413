package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

/// Large entries make a long log of few: it must be cut by its bytes, too.
@Tag("slow")
final class LogSizeIT {
    /// More than a mebibyte of commands, in fewer entries than would bring about a snapshot.
    private static final int GRAINS = 60_000;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("log-size").with("snapshot.bytes", "1MiB"));

    private final TestCluster cluster = CLUSTER.get();

    @Test
    void everyServerTakesASnapshotOnceTheLogHasGrown() {
        Directory.register(cluster.client());
        Directory.acquireAll(cluster.client(), Directory.grains("log", GRAINS), Directory.EU);

        for (ServerNode node : cluster.nodes()) {
            await("a snapshot on " + node.id())
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(snapshotIndex(node)).isPositive());
        }
    }

    private static long snapshotIndex(ServerNode node) {
        return node.api().describe().orElseThrow().getSnapshotIndex();
    }
}
