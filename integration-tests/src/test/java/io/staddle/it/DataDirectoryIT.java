package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.ServerId;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Damage;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A server whose data is lost, damaged or not its own does not serve, and says what to do.
final class DataDirectoryIT {
    private static final int HALTED = 70;
    private static final int DATA_REFUSED = 78;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("data-directory"));

    private final TestCluster cluster = CLUSTER.get();
    private final ServerNode victim = cluster.nodes().get(2);
    private Path intact = Path.of("");

    /// Has a closed log segment and tables on disk, and a copy to go back to.
    @BeforeEach
    void stopTheVictim() throws IOException {
        intact = victim.data().resolveSibling("intact");
        if (!Files.exists(intact)) {
            Directory.register(cluster.client());
            List<GrainId> grains = Directory.grains("kept", 2_000);
            Directory.acquireAll(cluster.client(), grains, Directory.EU);
            changeLeader();
            Directory.acquireAll(
                    cluster.client(), Directory.grains("kept-too", 2_000), Directory.EU);
            changeLeader();
            cluster.awaitEqualDigests();
        }
        assertThat(victim.stop()).isZero();
        if (!Files.exists(intact)) {
            Damage.copy(victim.data(), intact);
        }
    }

    @AfterEach
    void bringItBack() throws IOException {
        victim.kill();
        victim.wipe();
        Damage.copy(intact, victim.data());
        cluster.heal();
        cluster.awaitEqualDigests();
    }

    @Test
    void aServerWithoutItsDataDirectoryDoesNotStartEmpty() throws IOException {
        victim.wipe();
        assertRefused("is missing", "replace the server");
        Files.createDirectories(victim.data());
        assertRefused("is empty", "replace the server");
    }

    @Test
    void aServerThatWasFormattedAnewIsNotLetBackIn() throws IOException {
        victim.wipe();
        victim.format();
        assertRefused("its disk was wiped or swapped", "Bring back the old directory");
    }

    @Test
    void aServerThatWasFormattedAnewTakesNoSeatUntilTheOthersCanSayWhoItWas() throws IOException {
        cluster.nodes().forEach(ServerNode::kill);
        victim.wipe();
        victim.format();
        long before = victim.log().length();
        victim.start();
        await("it to wait in front of the quorum")
                .atMost(Duration.ofSeconds(30))
                .until(() -> victim.log().substring((int) before).contains("waits in front of"));
        assertThat(victim.data().resolve("raft")).as("no log, so no vote").doesNotExist();
        // One alone may have it in its log, but does not know what of that was committed.
        cluster.nodes().subList(0, 2).forEach(ServerNode::start);
        ServerNode.End end = victim.awaitEnd(before);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(DATA_REFUSED);
        assertThat(end.log()).contains("its disk was wiped or swapped");
    }

    @Test
    void aServerWithoutItsTablesDoesNotStart() throws IOException {
        FileUtils.deleteFully(victim.data().resolve("state"));
        assertRefused("no tables", "Bring the whole data directory back");
    }

    @Test
    void aServerWithoutItsLogDoesNotStart() throws IOException {
        FileUtils.deleteFully(victim.data().resolve("raft"));
        assertRefused("no log", "Bring the whole data directory back");
    }

    @Test
    void aFlippedByteInATableFileIsFoundAtTheStart() throws IOException {
        Damage.flipAByte(Damage.largest(victim.data().resolve("state"), ".sst"));
        ServerNode.End end = victim.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(HALTED);
        assertThat(end.log()).contains("is damaged").contains("replace this server");
    }

    @Test
    void aFlippedByteIsFoundByTheVerificationOfAServerThatRuns() throws IOException {
        Path file = Damage.largest(victim.data().resolve("state"), ".sst");
        long before = victim.log().length();
        victim.start();
        cluster.awaitReady();
        Damage.flipAByte(file);
        assertThat(verification()).isEqualTo(Status.Code.DATA_LOSS);
        ServerNode.End end = victim.awaitEnd(before);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(HALTED);
        assertThat(end.log()).contains("is damaged").contains("replace this server");
    }

    @Test
    void aFlippedByteMetByAnOrdinaryListTakesTheServerOutAndNobodyElseNotices() throws IOException {
        Path file = Damage.largestOfTable(victim.data().resolve("state"), "grains");
        long before = victim.log().length();
        victim.start();
        cluster.awaitReady();
        Damage.flipAByte(file);
        await("the damaged block to be read")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !victim.isRunning() || givesUpListing());
        ServerNode.End end = victim.awaitEnd(before);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(HALTED);
        assertThat(end.log()).contains("table grains").contains("replace this server");
        assertThat(cluster.client().grains().lookup(Directory.grains("kept", 1).getFirst()))
                .matches(grain -> grain.owner().equals(Directory.OWNED_BY_EU));
    }

    @Test
    void aFlippedByteInAClosedLogSegmentStopsTheServer() throws IOException {
        Damage.flipAByte(Damage.closedSegment(victim.data()));
        ServerNode.End end = victim.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isIn(HALTED, DATA_REFUSED);
        assertThat(end.log()).containsIgnoringCase("checksum");
    }

    @Test
    void aServerDoesNotRunOnTheDataOfAnotherServerOrDeployment() throws IOException {
        Path identity = victim.data().resolve("identity");
        String mine = Files.readString(identity);
        Files.writeString(identity, mine.replace("server: s3", "server: s2"));
        assertRefused("belongs to server s2", "Check the keys data, server and deployment");
        Files.writeString(identity, mine.replaceAll("deployment: .*", "deployment: other"));
        assertRefused("of deployment other", "Check the keys data, server and deployment");
    }

    @Test
    void aSecondProcessOnADataDirectoryDoesNotStart() {
        victim.start();
        cluster.awaitReady();
        ServerNode.End end = victim.startASecondProcess();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(DATA_REFUSED);
        assertThat(end.log()).contains("in use by another server process");
        assertThat(victim.api().describe()).isPresent();
    }

    private void assertRefused(String found, String remedy) {
        ServerNode.End end = victim.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(DATA_REFUSED);
        assertThat(end.log()).contains(found).contains(remedy);
    }

    private Status.Code verification() {
        try {
            assertThat(victim.api().verify().getRecomputed())
                    .as("damage that was not seen")
                    .isNull();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /// Lists all grains that the victim has, once it serves; tells whether it gave up on it.
    private boolean givesUpListing() {
        ListGrainsRequest.Builder request =
                ListGrainsRequest.newBuilder().setConsistency(Calls.STALE);
        try {
            ListGrainsAnswer page;
            do {
                page = victim.api().directory(Duration.ofSeconds(5)).listGrains(request.build());
                request.setPageToken(page.getNextPageToken());
            } while (!page.getNextPageToken().isEmpty());
            throw new AssertionError("damage that was not seen");
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getStatus().getDescription()).contains("this server ends");
        }
    }

    private void changeLeader() {
        ServerNode next = cluster.awaitFollowers().getFirst();
        cluster.client().servers().transferLeadership(new ServerId(next.id()));
        cluster.awaitReady();
    }
}
