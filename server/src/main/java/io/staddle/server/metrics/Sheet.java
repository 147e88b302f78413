package io.staddle.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/// What a collector shows at one scrape.
public final class Sheet {
    /// The most values that a label which users choose may have, `other` not counted.
    public static final int NAMES_MAX = 100;

    /// The name that all others go under.
    public static final String OTHER = "other";

    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    /// One value of a metric.
    public record Point(Labels labels, double value) {}

    /// Creates an empty sheet.
    public Sheet() {}

    /// Adds a gauge without labels.
    public Sheet gauge(String name, String help, Number value) {
        return gauge(name, help, List.of(new Point(Labels.EMPTY, value.doubleValue())));
    }

    /// Adds a gauge with a value for each name of a label. The metric is there with none, too.
    public Sheet gauge(
            String name, String help, String label, Map<String, ? extends Number> values) {
        return gauge(name, help, points(label, values));
    }

    /// Adds a gauge.
    public Sheet gauge(String name, String help, List<Point> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (Point point : points) {
            gauge.dataPoint(
                    GaugeDataPointSnapshot.builder()
                            .labels(point.labels())
                            .value(point.value())
                            .build());
        }
        snapshots.add(gauge.build());
        return this;
    }

    /// Adds a counter with a value for each name of a label.
    ///
    /// @param name without the `_total` at its end
    public Sheet counter(
            String name, String help, String label, Map<String, ? extends Number> values) {
        return counter(name, help, points(label, values));
    }

    /// Adds a counter.
    ///
    /// @param name without the `_total` at its end
    public Sheet counter(String name, String help, List<Point> points) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        for (Point point : points) {
            counter.dataPoint(
                    CounterDataPointSnapshot.builder()
                            .labels(point.labels())
                            .value(point.value())
                            .build());
        }
        snapshots.add(counter.build());
        return this;
    }

    /// Returns everything on it.
    public MetricSnapshots toSnapshots() {
        return new MetricSnapshots(snapshots);
    }

    /// Returns the greatest values by name, and all that are not among the first [#NAMES_MAX]
    /// together as [#OTHER].
    ///
    /// @param together makes one value of two
    public static <T> Map<String, Double> bounded(
            List<T> all,
            Function<T, String> name,
            Function<T, Double> value,
            DoubleBinaryOperator together) {
        List<T> sorted =
                all.stream()
                        .sorted(Comparator.comparing(value).reversed().thenComparing(name))
                        .toList();
        Map<String, Double> bounded = new LinkedHashMap<>();
        for (T each : sorted) {
            String key = bounded.size() < NAMES_MAX ? name.apply(each) : OTHER;
            bounded.merge(key, value.apply(each), together::applyAsDouble);
        }
        return bounded;
    }

    private static List<Point> points(String label, Map<String, ? extends Number> values) {
        return values.entrySet().stream()
                .map(each ->
                        new Point(Labels.of(label, each.getKey()), each.getValue().doubleValue()))
                .toList();
    }
}
