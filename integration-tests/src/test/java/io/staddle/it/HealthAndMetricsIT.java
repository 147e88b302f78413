package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.client.Held;
import io.staddle.client.StaddleClient;
import io.staddle.it.checks.Manifest;
import io.staddle.it.checks.MetricsPage;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Load;
import io.staddle.it.kit.ReplayWriter;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;
import io.staddle.it.kit.Web;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What servers tell of themselves, and how they end when they hang. The watchdog looks ten times a
/// second here, so its 30 looks are 3 s.
final class HealthAndMetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Longer than the watchdog lets anything hang.
    private static final Duration PAUSE = Duration.ofSeconds(4);

    /// What the JVM exits with when it is out of memory (`-XX:+ExitOnOutOfMemoryError`).
    private static final int OUT_OF_MEMORY = 3;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("health")
                            .inJvm(
                                    "-Dstaddle.test.failpoint=failpoint"
                                            + " -Dstaddle.test.watchdog-millis=100"));

    private final TestCluster cluster = CLUSTER.get();

    @BeforeAll
    static void register() {
        Directory.register(CLUSTER.get().client());
    }

    @Test
    void thePageOfMetricsNamesWhatServersExportAndNothingElse() {
        StaddleClient client = cluster.client();
        GrainId grain = GrainId.of("measured", "1");
        Epoch epoch = client.grains().acquire(grain, Directory.EU).orThrow().epoch();
        assertThat(client.grains().checkFence(new Held(grain, Directory.EU, epoch)).valid())
                .isTrue();
        try (ReplayWriter writer = ReplayWriter.start(cluster, Directory.US)) {
            await().atMost(PATIENCE).until(() -> writer.appended() > 0);
        }
        // Pauses of the collector are exported from the first one on.
        cluster.nodes().getFirst().collectGarbage();
        Map<String, String> exported = new TreeMap<>();
        for (ServerNode server : cluster.nodes()) {
            exported.putAll(MetricsPage.types(Web.get(server, "/metrics").body()));
        }
        assertThat(exported).containsExactlyInAnyOrderEntriesOf(MetricsPage.read().types());
        client.replay().consumer(Directory.US, new ConsumerId("end")).drain(_ -> {});
    }

    @Test
    void probesSayWhatIsInOrder() {
        ServerNode follower = cluster.awaitFollowers().getFirst();
        assertThat(Web.get(follower, "/readyz").body()).isEqualTo("ok\n");
        assertThat(Web.get(follower, "/readyz?verbose").body())
                .contains("[+]leader ok: " + cluster.awaitLeader().id() + " leads, heard ")
                .endsWith("readyz check passed\n");
        assertThat(Web.get(cluster.awaitLeader(), "/readyz?verbose").body())
                .contains("[+]term ok: has applied an entry of its term");
        assertThat(Web.get(follower, "/livez?verbose").body())
                .contains("[+]apply ok", "[+]log ok", "[+]seat ok", "[+]ticks ok");
    }

    @Test
    void theProbesOfTheManifestsForKubernetesAreAnswered() {
        ServerNode follower = cluster.awaitFollowers().getFirst();
        Manifest pod = Manifest.of("statefulset.yaml").at("spec", "template");
        Manifest server = pod.at("spec", "containers").named("staddle");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            Manifest call = server.at(probe, "httpGet");
            assertThat(call.at("port").text()).isEqualTo("api");
            assertThat(Web.get(follower, call.at("path").text()).body()).isEqualTo("ok\n");
        }
        String metrics = pod.at("metadata", "annotations", "prometheus.io/path").text();
        assertThat(Web.get(follower, metrics).body()).contains("staddle_");
    }

    @Test
    void aServerThatLostItsLeaderSaysSoAndIsNotReady() {
        ServerNode last = cluster.nodes().getLast();
        cluster.nodes().stream().filter(node -> node != last).forEach(ServerNode::pause);
        HttpResponse<String> answer =
                await().atMost(PATIENCE)
                        .until(() -> Web.get(last, "/readyz"), got -> got.statusCode() == 503);
        assertThat(answer.body()).contains("[-]leader failed: ").contains("[+]seat ok");
        assertThat(Web.get(last, "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("slow")
    void aServerWhoseStateStandsStillEnds() {
        try (Load load = Load.start(cluster, "apply-hangs")) {
            assertEnds("apply hang", ServerNode.HALTED, "nothing is applied after");
            assertThat(load.granted()).isPositive();
        }
        cluster.heal();
        cluster.awaitEqualDigests();
    }

    @Test
    void aServerWhoseRecurringWorkHangsEnds() {
        assertEnds("ticks hang", ServerNode.HALTED, "recurring work does not run");
    }

    @Test
    void aServerEndsWhenAnErrorEndsOneOfItsThreads() {
        assertEnds("ticks error", ServerNode.HALTED, "a test asked for an error");
    }

    @Test
    @Tag("slow")
    void aServerThatIsOutOfMemoryEnds() {
        assertEnds("ticks memory", OUT_OF_MEMORY, "OutOfMemoryError");
    }

    @Test
    @Tag("slow")
    void aServerThatWasPausedIsNotTakenForOneThatHangs() throws InterruptedException {
        ServerNode follower = cluster.awaitFollowers().getFirst();
        try (Load load = Load.start(cluster, "paused")) {
            follower.pause();
            Thread.sleep(PAUSE);
            int before = load.granted();
            follower.resume();
            await().atMost(PATIENCE).until(() -> Web.get(follower, "/readyz").statusCode() == 200);
            assertThat(Web.get(follower, "/livez").statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> load.granted() > before);
        }
        cluster.awaitEqualDigests();
        assertThat(follower.isRunning()).isTrue();
    }

    private void assertEnds(String fault, int exitCode, String why) {
        ServerNode follower = cluster.awaitFollowers().getFirst();
        long logged = follower.log().length();
        follower.fail(fault);
        ServerNode.End end = follower.awaitEnd(logged);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(exitCode);
        assertThat(end.log()).contains(why);
    }
}
