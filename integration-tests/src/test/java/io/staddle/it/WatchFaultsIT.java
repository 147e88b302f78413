package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.command.Successor;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.WatchRequest;
import io.staddle.client.EventWatcher;
import io.staddle.client.MovedGrain;
import io.staddle.client.StaddleClient;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Damage;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Load;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;
import io.staddle.it.kit.WatchRecord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Watchers on all three servers, while servers die, are cut off and fall behind: nothing is lost,
/// doubled or out of order, and every gap is said.
final class WatchFaultsIT {
    private static final int ENTRIES = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EventFilter CARTS = EventFilter.grains(new GrainType("cart"), "");
    private static final io.staddle.api.v1.Revision FIRST = ModelCodec.encode(new Revision(1, 0));
    private static final WatchOptions ALL =
            WatchOptions.FROM_NOW
                    .from(new Revision(1, 0))
                    .progressEvery(Duration.ofMillis(250))
                    .withPrevious();

    /// One command an entry: so that there are many entries soon.
    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("watch-faults")
                            .throughWires()
                            .with("snapshot.entries", ENTRIES)
                            .with("limits.entry-commands", 1)
                            .with("limits.entries-in-flight", 32));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();
    private final List<StaddleClient> clients = new ArrayList<>();
    private final List<WatchRecord> watchers = new ArrayList<>();

    @BeforeEach
    void register() {
        Directory.register(client);
    }

    @AfterEach
    void end() {
        watchers.forEach(WatchRecord::close);
        clients.forEach(StaddleClient::close);
    }

    @Test
    void nothingIsLostNorDoubledWhenTheLeaderIsKilledAndAFollowerIsCutOff() {
        watchEverywhere();
        try (Load load = Load.start(cluster, "account")) {
            await().until(() -> load.granted() > 100);
            ServerNode leader = cluster.awaitLeader();
            leader.kill();
            cluster.awaitLeaderOtherThan(leader);
            await().until(() -> load.granted() > ENTRIES + 100);
            leader.start();
            cluster.awaitReady();

            ServerNode cut = cluster.awaitFollowers().getFirst();
            cluster.wires().cut(cut);
            int before = load.granted();
            // Its watchers are sent away when it has reached nobody for long enough.
            await().atMost(PATIENCE).until(() -> !takesWatchers(cut));
            await().until(() -> load.granted() > before + 100);
            cluster.wires().heal();
        }
        cluster.awaitReady();
        assertAllTold();
    }

    @Test
    void nothingIsLostWhenASnapshotIsInstalledUnderTheWatchers() {
        List<ServerNode> followers = cluster.awaitFollowers();
        ServerNode sleeper = followers.getFirst();
        WatchRecord stays = watch("at the sleeper", List.of(sleeper), ALL);
        watch("anywhere", cluster.nodes(), ALL);
        stays.awaitThrough(1);
        long begin = Damage.logBegin(followers.getLast().data());
        sleeper.pause();
        client.servers().transferLeadership(new ServerId(followers.getLast().id()));
        for (int part = 1; part <= 4; part++) {
            List<GrainId> grains = Directory.grains("meanwhile-" + part, ENTRIES);
            Directory.acquireAll(client, grains, Directory.EU);
        }
        await("the purge of the first segment")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Damage.logBegin(followers.getLast().data()) > begin);

        sleeper.resume();

        await("the snapshot")
                .atMost(PATIENCE)
                .until(() -> sleeper.log().contains("Installing the snapshot"));
        cluster.awaitReady();
        assertAllTold();
    }

    @Test
    void aGapIsSaidAndTheWatchGoesOnBehindIt() {
        keep(100);
        Directory.acquireAll(client, Directory.grains("trim", ENTRIES), Directory.EU);
        // A server that is behind has more of it yet.
        cluster.awaitEqualDigests();
        try (StaddleClient own = cluster.client(PATIENCE);
                EventWatcher watcher = own.events().watch(ALL)) {
            Revision seen = watcher.position();
            Watched last = watcher.next();
            while (watcher.hasNext()) {
                seen = last.resumeFrom();
                last = watcher.next();
            }
            assertThat(last).isInstanceOf(Watched.Trimmed.class);
            Watched.Trimmed gap = (Watched.Trimmed) last;
            // Nothing up to here was left out, and what is missing from here is named.
            assertThat(gap.resumeFrom()).isEqualTo(seen);
            assertThat(gap.firstKeptIndex()).isGreaterThan(seen.index());

            WatchOptions behind = ALL.from(new Revision(gap.firstKeptIndex(), 0));
            WatchRecord again = watch("behind the gap", cluster.nodes(), behind);
            long index = newest();
            again.awaitThrough(index);
            again.assertTold(WatchRecord.history(client, EventFilter.ALL, index), index);
        } finally {
            keep(1_000_000);
        }
    }

    @Test
    void aFailoverIsOneEventThatTheClientExpandsAsTheServersDo() {
        ClusterId mars = new ClusterId("mars");
        Directory.register(client, mars);
        List<GrainId> grains = Directory.grains("expanded", 300);
        Directory.acquireAll(client, grains, mars);
        try (EventWatcher watcher =
                client.events()
                        .watch(
                                WatchOptions.FROM_NOW.only(
                                        EventFilter.ALL.ofKinds(Set.of("holding_moved"))))) {
            assertThat(watcher.next()).isInstanceOf(Watched.Progress.class);
            Ownership before = client.grains().lookup(grains.getFirst());
            Fence seen = ((Ownership.Owned) before).fence();
            client.clusters()
                    .forceFailOver(
                            new MoveId("expanded"), mars, seen, new Successor.Named(Directory.EU))
                    .orThrow();

            Watched.Change change = (Watched.Change) watcher.next();
            var moved = (DirectoryEvent.HoldingMoved) change.events().getFirst();
            assertThat(moved.grains()).isEqualTo(grains.size());
            List<MovedGrain> expanded = new ArrayList<>();
            client.events().expand(moved, change.revision()).forEachRemaining(expanded::add);
            assertThat(expanded).hasSize(grains.size());
            for (MovedGrain each : expanded) {
                Ownership now = client.grains().lookup(each.grain());
                assertThat(now.isHeldBy(now.owner().orElseThrow(), each.epoch())).isTrue();
            }
        }
    }

    private static boolean takesWatchers(ServerNode server) {
        try {
            WatchRequest all = WatchRequest.newBuilder().setFrom(FIRST).build();
            return server.api().events(Duration.ofSeconds(2)).watch(all).hasNext();
        } catch (StatusRuntimeException refused) {
            return false;
        }
    }

    private void watchEverywhere() {
        for (ServerNode node : cluster.nodes()) {
            watch("only at " + node.id(), List.of(node), ALL);
            watch("first at " + node.id(), startingWith(node), ALL);
        }
        watch("carts", cluster.nodes(), ALL.only(CARTS));
        watch("slow", cluster.nodes(), ALL, Duration.ofNanos(200_000));
    }

    private List<ServerNode> startingWith(ServerNode first) {
        List<ServerNode> nodes = new ArrayList<>(cluster.nodes());
        nodes.remove(first);
        nodes.addFirst(first);
        return nodes;
    }

    private WatchRecord watch(String name, List<ServerNode> known, WatchOptions options) {
        return watch(name, known, options, Duration.ZERO);
    }

    /// @param pause over each change
    private WatchRecord watch(
            String name, List<ServerNode> known, WatchOptions options, Duration pause) {
        StaddleClient own = TestCluster.client(known, PATIENCE);
        clients.add(own);
        WatchRecord record = WatchRecord.of(name, own, options, pause);
        watchers.add(record);
        return record;
    }

    private void assertAllTold() {
        client.grains().acquire(GrainId.of("cart", "last"), Directory.EU).orThrow();
        long index = newest();
        List<WatchRecord.Happened> history = WatchRecord.history(client, EventFilter.ALL, index);
        List<WatchRecord.Happened> carts = WatchRecord.history(client, CARTS, index);
        assertThat(history).hasSizeGreaterThan(ENTRIES);
        for (WatchRecord each : watchers) {
            each.awaitThrough(index);
            each.assertTold(each.toString().equals("carts") ? carts : history, index);
        }
    }

    private long newest() {
        return client.events().after(0, EventFilter.ALL).newestIndex();
    }

    private void keep(int entries) {
        Directory.configure(client, Map.of("history.entries-max", Integer.toString(entries)));
    }
}
