package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.metrics.Sheet.Point;
import io.staddle.server.tls.Tls;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long certificates are still valid, if there are any, and whether changed ones could be used.
public final class TlsMetrics implements MultiCollector {
    private static final double MILLIS = 1_000;

    private final Optional<Tls> tls;
    private final InstantSource clock;

    /// Measures these.
    public TlsMetrics(Optional<Tls> tls, InstantSource clock) {
        this.tls = tls;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        return new Sheet()
                .gauge(
                        "staddle_tls_expiry_seconds",
                        "How long each certificate in use is still valid; negative afterwards",
                        "certificate",
                        seconds())
                .counter(
                        "staddle_tls_reload_failures",
                        "Changed files with certificates that could not be used",
                        List.of(new Point(Labels.EMPTY, failures())))
                .toSnapshots();
    }

    private double failures() {
        return tls.map(each -> each.failures().doubleValue()).orElse(0.0);
    }

    private Map<String, Double> seconds() {
        Map<String, Duration> left = tls.map(each -> each.left(clock.instant())).orElseGet(Map::of);
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (String name : Tls.CERTIFICATES) {
            Duration time = left.get(name);
            seconds.put(name, time == null ? Double.NaN : time.toMillis() / MILLIS);
        }
        return seconds;
    }
}
