package io.staddle.cli.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Up to where all of a file is answered, so that an import can go on from there.
///
/// It is written to a small file beside the input. Losing it costs time only: commands are
/// idempotent, and rows imported before are counted as equal.
///
/// @param fingerprint of the input, see [Fingerprint]
/// @param offset in bytes
/// @param line how many lines end before `offset`
/// @param refusedBytes the length that the file of refused rows had
/// @param beganAt a log index that was reached when the import began
/// @param counts see [Tally#counts]
record Bookmark(
        String fingerprint,
        long offset,
        long line,
        long refusedBytes,
        long beganAt,
        Map<String, Long> counts) {
    private static final String TITLE = "staddle import, version 1";
    private static final String COUNT = "count.";

    /// Where an import begins.
    static Bookmark start(String fingerprint, long beganAt) {
        return new Bookmark(fingerprint, 0, 0, 0, beganAt, Map.of());
    }

    /// Returns the bookmark in `file`, if there is one for this input.
    static Optional<Bookmark> read(Path file, String fingerprint) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        Map<String, String> values = new TreeMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        boolean same =
                !lines.isEmpty()
                        && lines.getFirst().equals(TITLE)
                        && fingerprint.equals(values.get("fingerprint"));
        return same ? parse(fingerprint, values) : Optional.empty();
    }

    /// Writes it, as a whole or not at all.
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(TITLE);
        lines.add("fingerprint=" + fingerprint);
        lines.add("offset=" + offset);
        lines.add("line=" + line);
        lines.add("refused-bytes=" + refusedBytes);
        lines.add("began-at=" + beganAt);
        counts.forEach((name, count) -> lines.add(COUNT + name + "=" + count));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, lines);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Optional<Bookmark> parse(String fingerprint, Map<String, String> values) {
        try {
            Map<String, Long> counts = new TreeMap<>();
            values.forEach((name, value) -> {
                if (name.startsWith(COUNT)) {
                    counts.put(name.substring(COUNT.length()), Long.valueOf(value));
                }
            });
            return Optional.of(
                    new Bookmark(
                            fingerprint,
                            Long.parseLong(values.getOrDefault("offset", "")),
                            Long.parseLong(values.getOrDefault("line", "")),
                            Long.parseLong(values.getOrDefault("refused-bytes", "0")),
                            Long.parseLong(values.getOrDefault("began-at", "")),
                            counts));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }
}
