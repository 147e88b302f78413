package io.staddle.it.checks;

import io.staddle.it.kit.Distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `docs/metrics.md` says is exported.
///
/// @param types `counter`, `gauge`, `summary` or `histogram`, by the name of the metric
public record MetricsPage(Map<String, String> types) {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| (counter|gauge|summary|histogram) \\|");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

    /// Reads the page.
    public static MetricsPage read() {
        try {
            return new MetricsPage(
                    find(ROW, Files.readString(Distribution.root().resolve("docs/metrics.md"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns what a server exports, from Prometheus' text format.
    public static Map<String, String> types(String exported) {
        return find(TYPE, exported);
    }

    /// Tells whether a series of this name is one of a metric on the page.
    boolean knows(String series) {
        return types.containsKey(series)
                || types.containsKey(series.replaceFirst("_(bucket|sum|count|max)$", ""));
    }

    private static Map<String, String> find(Pattern pattern, String text) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }
}
