package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.command.Successor;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Ownership;
import io.staddle.client.StaddleClient;
import io.staddle.client.cache.CachedOwner;
import io.staddle.client.cache.NearCache;
import io.staddle.client.cache.NearCacheOptions;
import io.staddle.it.kit.CacheReaders;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.GrainShuffle;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a cache says while grains change owners, one by one and all at once, and servers die.
final class NearCacheIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int GRAINS = 200;
    private static final int SOME = 80;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("near-cache"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    @BeforeEach
    void register() {
        Directory.register(client);
    }

    @Test
    @Tag("slow")
    void itNeverGoesBackAndIsNoOlderThanItSaysThoughServersDie() {
        List<GrainId> grains = Directory.grains("shuffled", GRAINS);
        Directory.acquireAll(client, grains, Directory.EU);
        NearCacheOptions options = NearCacheOptions.DEFAULT.only(Set.of(new GrainType("shuffled")));
        try (NearCache cache = NearCache.open(client, options);
                GrainShuffle shuffle = GrainShuffle.start(client, grains);
                CacheReaders readers = CacheReaders.start(cache, shuffle, options.ageMax())) {
            awaitMore(shuffle);
            ServerNode leader = cluster.awaitLeader();
            leader.kill();
            awaitMore(shuffle);
            leader.start();
            cluster.awaitReady();
            cluster.awaitFollowers().getFirst().kill();
            awaitMore(shuffle);
            cluster.heal();
            awaitMore(shuffle);
            shuffle.stop();
            readers.stop();

            assertThat(readers.wrong()).isEmpty();
            assertThat(cache.status().hits()).isGreaterThan(10_000);
            assertAllRight(cache, grains);
        }
    }

    @Test
    void aMoveOfAllGrainsAndTheFailBackMakeAllEntriesVoid() {
        List<GrainId> grains = Directory.grains("moved", GRAINS);
        Directory.acquireAll(client, grains, Directory.EU);
        Successor us = new Successor.Named(Directory.US);
        try (NearCache cache = NearCache.open(client, NearCacheOptions.DEFAULT)) {
            remember(cache, grains);
            client.clusters().evacuate(new MoveId("out"), Directory.EU, List.of(), us).orThrow();
            assertAllRight(cache, grains);
            assertThat(cache.lookup(grains.getLast()).owner()).contains(Directory.US);
            client.clusters().failBack(new MoveId("back"), Directory.EU).orThrow();
            assertAllRight(cache, grains);
            assertThat(cache.lookup(grains.getLast()).owner()).contains(Directory.EU);
            GrainId one = grains.getFirst();
            Ownership before = client.grains().lookup(one);
            long index =
                    client.grains()
                            .reassign(one, Directory.US, before.epoch())
                            .orThrow()
                            .since()
                            .index();
            assertThat(cache.lookup(one, index).owner()).contains(Directory.US);
        }
    }

    /// Asks until everything comes from memory.
    private static void remember(NearCache cache, List<GrainId> grains) {
        await("answers from memory")
                .atMost(PATIENCE)
                .until(() -> {
                    long before = cache.status().misses();
                    grains.forEach(cache::lookup);
                    return cache.status().misses() == before;
                });
    }

    /// As soon as the news is there, and from memory from then on.
    private void assertAllRight(NearCache cache, List<GrainId> grains) {
        await("the news")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    for (GrainId grain : grains) {
                        Ownership now = client.grains().lookup(grain);
                        CachedOwner found = cache.lookup(grain);
                        assertThat(found.owner()).isEqualTo(now.owner());
                        assertThat(found.epoch()).isEqualTo(now.epoch());
                    }
                });
        remember(cache, grains);
    }

    private static void awaitMore(GrainShuffle shuffle) {
        int before = shuffle.done();
        await("more changes").atMost(PATIENCE).until(() -> shuffle.done() >= before + SOME);
    }
}
