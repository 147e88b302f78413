package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.server.access.Access;
import io.staddle.server.metrics.Sheet;

import java.util.Map;

/// Calls and commands that were not allowed.
public final class AccessMetrics implements MultiCollector {
    private final Access access;

    /// Measures these.
    public AccessMetrics(Access access) {
        this.access = access;
    }

    @Override
    public MetricSnapshots collect() {
        return new Sheet()
                .counter(
                        "staddle_access_denied",
                        "Calls of somebody unknown, and calls and commands that were forbidden",
                        "reason",
                        Map.of(
                                "unauthenticated", access.unknown().sum(),
                                "forbidden", access.forbidden().sum()))
                .toSnapshots();
    }
}
