package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.v1.Sighting;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Which other clusters a cluster reaches, as it has reported lately. Safe for many threads.
final class Sightings {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final LongSupplier clock;
    private final Map<ClusterId, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(boolean reachable, long atNanos) {}

    Sightings(LongSupplier clock) {
        this.clock = clock;
    }

    void report(ClusterId other, boolean reachable) {
        seen.put(other, new Seen(reachable, clock.getAsLong()));
    }

    /// Returns what is not too old, by cluster.
    List<Sighting> now() {
        long now = clock.getAsLong();
        seen.values().removeIf(each -> now - each.atNanos() > KEPT_NANOS);
        return seen.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ClusterId::compareTo))
                .map(each ->
                        Sighting.newBuilder()
                                .setCluster(each.getKey().value())
                                .setReachable(each.getValue().reachable())
                                .build())
                .toList();
    }
}
