package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Damage;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;
import io.staddle.it.kit.Worn;

import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a server finds in its data directory, alone and before it asks anybody, that keeps it from
/// starting.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class RefusedStartIT {
    private final TestCluster cluster = TestCluster.create(ClusterSettings.named("refused-start"));
    private final ServerNode server = cluster.nodes().getLast();
    private final Path intact = server.data().resolveSibling("intact");

    @BeforeAll
    void wearAndStop() throws IOException {
        cluster.startAll();
        Worn.wear(cluster);
        assertThat(cluster.nodes()).extracting(ServerNode::stop).containsOnly(0);
        Damage.copy(server.data(), intact);
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    @BeforeEach
    void bringItBack() throws IOException {
        server.wipe();
        Damage.copy(intact, server.data());
    }

    @Test
    void aServerWithoutItsDataDirectoryDoesNotStartEmpty() throws IOException {
        server.wipe();
        assertRefused("is missing", "replace the server");
        Files.createDirectories(server.data());
        assertRefused("is empty", "replace the server");
    }

    @Test
    void aServerWithoutItsTablesDoesNotStart() throws IOException {
        FileUtils.deleteFully(server.data().resolve("state"));
        assertRefused("no tables", "Bring the whole data directory back");
    }

    @Test
    void aFlippedByteInATableFileIsFoundAtTheStart() throws IOException {
        Damage.flipAByte(Damage.largest(server.data().resolve("state"), ".sst"));
        ServerNode.End end = server.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.HALTED);
        assertThat(end.log()).contains("is damaged").contains("replace this server");
    }

    @Test
    void aFlippedByteInAClosedLogSegmentStopsTheServer() throws IOException {
        Damage.flipAByte(Damage.closedSegment(server.data()));
        ServerNode.End end = server.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isIn(ServerNode.HALTED, ServerNode.DATA_REFUSED);
        assertThat(end.log()).containsIgnoringCase("checksum");
    }

    @Test
    void aServerDoesNotRunOnTheDataOfAnotherServerOrDeployment() throws IOException {
        Path identity = server.data().resolve("identity");
        String mine = Files.readString(identity);
        Files.writeString(identity, mine.replace("server: s3", "server: s2"));
        assertRefused("belongs to server s2", "Check the keys data, server and deployment");
        Files.writeString(identity, mine.replaceAll("deployment: .*", "deployment: other"));
        assertRefused("of deployment other", "Check the keys data, server and deployment");
    }

    private void assertRefused(String found, String remedy) {
        ServerNode.End end = server.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.DATA_REFUSED);
        assertThat(end.log()).contains(found).contains(remedy);
    }
}
