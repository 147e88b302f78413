package io.staddle.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Medians.
final class Stats {
    private Stats() {}

    static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// Shows the median, and the range in brackets.
    static String range(List<Double> all, String unit) {
        double min = all.stream().mapToDouble(each -> each).min().orElse(0);
        double max = all.stream().mapToDouble(each -> each).max().orElse(0);
        return "%.1f %s [%.1f-%.1f, n=%d]"
                .formatted(median(all, each -> each), unit, min, max, all.size());
    }
}
