package io.staddle.server.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Values by key, checked as they are read; it remembers for which keys it was asked.
final class Values {
    private static final Pattern RATIO = Pattern.compile("0(\\.\\d+)?|1(\\.0+)?");
    private static final Pattern BASE =
            Pattern.compile("https?://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):\\d{1,5}");

    private final Function<String, Optional<String>> file;
    private final Map<String, String> environment;
    private final Set<String> asked = new TreeSet<>();

    Values(Function<String, Optional<String>> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    Set<String> asked() {
        return asked;
    }

    boolean isSet(String key) {
        return find(key).isPresent();
    }

    /// Returns the text of a key that must be set.
    String text(String key) {
        return find(key).orElseThrow(() -> new ConfigException(key, "set", ""));
    }

    String text(String key, Pattern pattern, String expected) {
        String text = find(key).orElse("");
        if (!pattern.matcher(text).matches()) {
            throw new ConfigException(key, expected, text);
        }
        return text;
    }

    boolean flag(String key) {
        String text = find(key).orElse("false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, "true or false", text);
        };
    }

    /// Reads one of the names of an enum, in lower case.
    <E extends Enum<E>> E choice(String key, E otherwise, Class<E> type) {
        Optional<String> text = find(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        for (E each : type.getEnumConstants()) {
            if (word(each).equals(text.get())) {
                return each;
            }
        }
        List<String> words = Stream.of(type.getEnumConstants()).map(Values::word).toList();
        throw new ConfigException(key, "one of " + String.join(", ", words), text.get());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    int integer(String key, int otherwise, int min, int max) {
        return (int) number(key, Math.clamp(otherwise, min, max), min, max);
    }

    long number(String key, long otherwise, long min, long max) {
        Optional<String> text = find(key);
        return text.isEmpty()
                ? otherwise
                : inRange(key, text.get(), new Range(min, max, "a number"));
    }

    /// Reads a part of all, from 0 to 1.
    double ratio(String key, double otherwise) {
        String text = find(key).orElse(Double.toString(otherwise));
        if (!RATIO.matcher(text).matches()) {
            throw new ConfigException(key, "a number from 0 to 1, such as 0.01", text);
        }
        return Double.parseDouble(text);
    }

    /// Reads where something listens for HTTP, if it is set.
    Optional<URI> base(String key) {
        return find(key)
                .map(text -> {
                    if (!BASE.matcher(text).matches()) {
                        throw new ConfigException(key, "http://HOST:PORT, or https", text);
                    }
                    return URI.create(text);
                });
    }

    /// Reads a size such as `65536`, `512KiB` or `4MiB`.
    long bytes(String key, long otherwise, long min, long max) {
        Optional<String> text = find(key);
        return text.isEmpty()
                ? Math.clamp(otherwise, min, max)
                : inRange(key, text.get(), new Range(min, max, "bytes, or KiB, MiB, GiB,"));
    }

    private static long inRange(String key, String text, Range range) {
        long value = parse(text);
        if (value < range.min() || value > range.max()) {
            throw new ConfigException(key, range.toString(), text);
        }
        return value;
    }

    private static long parse(String text) {
        int shift = shift(text);
        String digits = shift == 0 ? text : text.substring(0, text.length() - 3).strip();
        try {
            return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
        } catch (ArithmeticException | NumberFormatException notANumber) {
            return Long.MIN_VALUE;
        }
    }

    private static int shift(String text) {
        if (text.endsWith("KiB")) {
            return 10;
        }
        if (text.endsWith("MiB")) {
            return 20;
        }
        return text.endsWith("GiB") ? 30 : 0;
    }

    private Optional<String> find(String key) {
        asked.add(key);
        String override = environment.get(Overrides.variable(key));
        return override == null
                ? file.apply(key).map(String::strip).filter(text -> !text.isEmpty())
                : Optional.of(override.strip());
    }

    private record Range(long min, long max, String what) {
        @Override
        public String toString() {
            return what + " from " + min + " to " + max;
        }
    }
}
