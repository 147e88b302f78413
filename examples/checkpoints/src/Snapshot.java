import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a worker has to remember of a checkpoint.
///
/// @param source how many records of its source come before the checkpoint
/// @param counts how often each key came before it, of the partitions that the worker owned
record Snapshot(long source, Map<Integer, Long> counts) {
    /// Copies the map.
    Snapshot {
        counts = new TreeMap<>(counts);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("source " + source);
        counts.forEach((key, count) -> lines.add(key + " " + count));
        return lines;
    }

    static Snapshot parse(List<String> lines) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", -1);
            counts.put(Integer.valueOf(words[0]), Long.valueOf(words[1]));
        }
        return new Snapshot(Long.parseLong(lines.getFirst().split(" ", -1)[1]), counts);
    }
}
