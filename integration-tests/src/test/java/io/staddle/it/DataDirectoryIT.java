package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Damage;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;
import io.staddle.it.kit.Worn;

import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// A server whose data is lost or damaged does not serve, and says what to do; here it is the
/// others, or what it does later, by which that is seen ([RefusedStartIT] has the rest).
final class DataDirectoryIT {
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
            Worn.wear(cluster);
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
    void aServerThatWasFormattedAnewIsNotLetBackIn() throws IOException {
        victim.wipe();
        victim.format();
        assertRefused("its disk was wiped or swapped", "Bring back the old directory");
    }

    @Test
    @Tag("slow")
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
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.DATA_REFUSED);
        assertThat(end.log()).contains("its disk was wiped or swapped");
    }

    @Test
    @Tag("slow")
    void aServerWithoutItsLogDoesNotStart() throws IOException {
        FileUtils.deleteFully(victim.data().resolve("raft"));
        assertRefused("no log", "Bring the whole data directory back");
    }

    @Test
    @Tag("slow")
    void aFlippedByteIsFoundByTheVerificationOfAServerThatRuns() throws IOException {
        Path file = Damage.largest(victim.data().resolve("state"), ".sst");
        long before = victim.log().length();
        victim.start();
        cluster.awaitReady();
        Damage.flipAByte(file);
        assertThat(verification()).isEqualTo(Status.Code.DATA_LOSS);
        ServerNode.End end = victim.awaitEnd(before);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.HALTED);
        assertThat(end.log()).contains("is damaged").contains("replace this server");
    }

    @Test
    void aFlippedByteMetByAnOrdinaryListTakesTheServerOutAndNobodyElseNotices() throws IOException {
        long before = victim.log().length();
        victim.start();
        cluster.awaitReady();
        Damage.flipAByte(fileThatStays());
        await("the damaged block to be read")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !victim.isRunning() || givesUpListing());
        ServerNode.End end = victim.awaitEnd(before);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.HALTED);
        assertThat(end.log()).contains("table grains").contains("replace this server");
        assertThat(cluster.client().grains().lookup(Directory.grains(Worn.TYPE, 1).getFirst()))
                .matches(grain -> grain.owner().equals(Directory.OWNED_BY_EU));
    }

    @Test
    @Tag("slow")
    void aSecondProcessOnADataDirectoryDoesNotStart() {
        victim.start();
        cluster.awaitReady();
        ServerNode.End end = victim.startASecondProcess();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.DATA_REFUSED);
        assertThat(end.log()).contains("in use by another server process");
        assertThat(victim.api().describe()).isPresent();
    }

    /// What was there when the server started may be compacted away.
    private Path fileThatStays() {
        AtomicReference<Path> last = new AtomicReference<>(Path.of(""));
        await("a file of the table that was there a second ago")
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    Path found = Damage.largestOfTable(victim.data().resolve("state"), "grains");
                    return found.equals(last.getAndSet(found));
                });
        return last.get();
    }

    private void assertRefused(String found, String remedy) {
        ServerNode.End end = victim.startAndAwaitEnd();
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.DATA_REFUSED);
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
}
