package io.staddle.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Writes numbers with their units.
public final class Figures {
    private Figures() {}

    /// Returns a count with separators: `1,000,000`.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Returns a count and its noun: `1 grain`, `2 grains`.
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /// Returns a duration in its two largest units: `850 ms`, `12.3 s`, `4 min 5 s`.
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        if (millis < 3_600_000) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        if (millis < 86_400_000) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    /// Returns elapsed nanoseconds in milliseconds with two decimals: `3.20 ms`.
    public static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1_000_000.0);
    }

    /// Returns a size: `512 B`, `1.5 KiB`, `200.0 MiB`.
    public static String bytes(long bytes) {
        if (bytes < 1_024) {
            return bytes + " B";
        }
        double size = bytes / 1_024.0;
        for (String unit : new String[] {"KiB", "MiB"}) {
            if (size < 1_024) {
                return String.format(Locale.ROOT, "%.1f %s", size, unit);
            }
            size /= 1_024;
        }
        return String.format(Locale.ROOT, "%.1f GiB", size);
    }

    /// Returns a time in UTC to the second; empty for 0, which stands for none.
    public static String time(long epochMillis) {
        return epochMillis == 0
                ? ""
                : Instant.ofEpochMilli(epochMillis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
