package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.GrainId;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server whose disk is lost comes back with a new one when an operator says so, as
/// `docs/operations.md` tells.
final class ReplaceServerIT {
    private static final List<GrainId> BEFORE = Directory.grains("before", 500);
    private static final List<GrainId> MEANWHILE = Directory.grains("meanwhile", 500);
    private static final Pattern DIRECTORIES =
            Pattern.compile("data directory ([0-9a-f]{32}), but this one is ([0-9a-f]{32})");

    @RegisterExtension
    final ClusterExtension extension = ClusterExtension.of(ClusterSettings.named("replace"));

    @Test
    void aLostServerComesBackWithAnotherDiskAndCountsAgain() throws IOException {
        TestCluster cluster = extension.get();
        Directory.register(cluster.client());
        Directory.acquireAll(cluster.client(), BEFORE, Directory.EU);
        ServerNode lost = cluster.awaitFollowers().getFirst();
        lost.kill();
        lost.wipe();
        lost.format();
        Directory.acquireAll(cluster.client(), MEANWHILE, Directory.EU);

        ServerNode.End refused = lost.startAndAwaitEnd();
        Matcher said = DIRECTORIES.matcher(refused.log());
        assertThat(said.find()).as(refused.log()).isTrue();
        String[] replace = {
            "server", "replace", lost.id(), "--lost", said.group(1), "--by", said.group(2), "--yes"
        };
        CommandLine.Ran ran = CommandLine.run(replace, "--endpoints", cluster.endpoints());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("Start it while all others are up");

        lost.start();
        await("its seat").until(() -> lost.api().describe().isPresent());
        cluster.client().servers().transferLeadership();
        cluster.awaitReady();
        cluster.awaitEqualDigests();
        assertThatItCounts(cluster, lost);
    }

    /// With another server down it is needed for the majority.
    private static void assertThatItCounts(TestCluster cluster, ServerNode replaced) {
        ServerNode other =
                cluster.nodes().stream().filter(node -> node != replaced).findFirst().orElseThrow();
        other.kill();
        Directory.acquireAll(cluster.client(), Directory.grains("after", 10), Directory.EU);
        assertThat(cluster.client().grains().lookup(MEANWHILE.getLast()).owner())
                .isEqualTo(Directory.OWNED_BY_EU);
    }
}
