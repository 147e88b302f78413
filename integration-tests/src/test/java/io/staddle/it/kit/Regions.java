package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Move;
import io.staddle.api.query.ClusterSummary;
import io.staddle.client.StaddleClient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Three regions that beat five times a second, and servers that fail over who is silent for two
/// seconds.
public final class Regions implements AutoCloseable {
    /// The third region.
    public static final ClusterId AP = new ClusterId("ap");

    /// How long a failover takes from the last beat, without the time to notice and to commit it.
    public static final Duration FAILOVER = Duration.ofSeconds(2);

    /// How often a region beats.
    public static final Duration BEAT = Duration.ofMillis(200);

    private static final long GRACE_MILLIS = 500;

    /// With less patience a beat may look for the leader several times before it is missed.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static final Duration MORE = Duration.ofMillis(500);

    private final StaddleClient client;
    private final StaddleClient impatient;
    private final Map<ClusterId, Beater> beaters = new TreeMap<>();

    /// Registers the regions and waits until all are healthy.
    public Regions(TestCluster cluster) {
        client = cluster.client();
        impatient = cluster.client(PATIENCE);
        configure("health.observers-min", 0);
        configure("health.suspect-after-millis", FAILOVER.toMillis() - GRACE_MILLIS);
        configure("failover.grace-millis", GRACE_MILLIS);
        configure("health.beat-interval-millis", BEAT.toMillis());
        for (ClusterId id : List.of(Directory.EU, Directory.US, AP)) {
            Directory.register(client, id);
            beaters.put(id, new Beater(id, impatient, BEAT));
        }
        awaitHealth();
    }

    /// Sets one value of the replicated configuration.
    public void configure(String key, long value) {
        Directory.configure(client, Map.of(key, Long.toString(value)));
    }

    /// Has a region fall silent, or go on.
    public void silent(ClusterId id, boolean now) {
        Objects.requireNonNull(beaters.get(id)).silent(now);
    }

    /// Returns what the servers have on a region.
    public ClusterRecord record(ClusterId id) {
        return client.clusters().list().stream()
                .map(ClusterSummary::cluster)
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// Waits until a region has failed, and returns how it was failed over.
    ///
    /// @param within how long that may take
    public Move awaitFailover(ClusterId id, Duration within) {
        await("failover of " + id)
                .atMost(within)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> record(id).state() == ClusterState.FAILED);
        return client.clusters().movesOf(id).getFirst();
    }

    /// Waits until all regions are healthy.
    public void awaitHealth() {
        await("health of all")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(client.clusters().list())
                                .extracting(each -> each.cluster().state())
                                .containsOnly(ClusterState.HEALTHY));
    }

    /// Waits for longer than a failover takes, and asserts that there was none.
    ///
    /// @param before how many moves there were before
    public void awaitThatNothingFailsOver(int before) throws InterruptedException {
        Thread.sleep(FAILOVER.plus(MORE));
        assertThat(client.clusters().moves()).hasSize(before);
        awaitHealth();
    }

    @Override
    public void close() {
        beaters.values().forEach(Beater::close);
        impatient.close();
    }
}
