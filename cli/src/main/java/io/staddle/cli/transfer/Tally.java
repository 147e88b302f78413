package io.staddle.cli.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many lines of an import ended in which way, and the first few of the bad ones.
final class Tally {
    private static final int EXAMPLES_MAX = 3;

    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, List<String>> examples = new TreeMap<>();
    private long fresh;
    private long equal;
    private long released;
    private long floors;
    private long unowned;
    private long malformed;

    /// Under which the examples of malformed lines are kept.
    static final String MALFORMED = "malformed";

    void fresh() {
        fresh++;
    }

    void equal() {
        equal++;
    }

    void released() {
        released++;
    }

    void floor() {
        floors++;
    }

    void unowned() {
        unowned++;
    }

    void malformed(long line, String why) {
        malformed++;
        example(MALFORMED, line, why);
    }

    void refused(String code, long line, String why) {
        refused.merge(code, 1L, Long::sum);
        example(code, line, why);
    }

    /// Sets the counts that an earlier run came to. The bad lines that it met are counted, their
    /// examples were shown then.
    void restore(Map<String, Long> counts) {
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            switch (count.getKey()) {
                case "new" -> fresh = count.getValue();
                case "equal" -> equal = count.getValue();
                case "released" -> released = count.getValue();
                case "floors" -> floors = count.getValue();
                case "unowned" -> unowned = count.getValue();
                case MALFORMED -> malformed = count.getValue();
                default -> refused.put(count.getKey(), count.getValue());
            }
        }
    }

    /// Returns all counts by name, those of refusals by their code.
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>(refused);
        counts.put("new", fresh);
        counts.put("equal", equal);
        counts.put("released", released);
        counts.put("floors", floors);
        counts.put("unowned", unowned);
        counts.put(MALFORMED, malformed);
        return counts;
    }

    long count(String name) {
        return counts().getOrDefault(name, 0L);
    }

    /// Returns the refusals by code.
    Map<String, Long> refusals() {
        return Collections.unmodifiableMap(refused);
    }

    List<String> examples(String code) {
        return examples.getOrDefault(code, List.of());
    }

    long rows() {
        return fresh + equal + released + floors + unowned + malformed + refusedRows();
    }

    long refusedRows() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    private void example(String code, long line, String why) {
        List<String> shown = examples.computeIfAbsent(code, ignored -> new ArrayList<>());
        if (shown.size() < EXAMPLES_MAX) {
            shown.add("line " + line + ": " + why);
        }
    }
}
