import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Compares what the replicas hold with what was acknowledged. Prints a line for each thing that it
/// counts; for each that must not be, it is 0.
final class Audit {
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Path directory;
    private final Map<String, Long> counts = new TreeMap<>();

    private Audit(Path directory) {
        this.directory = directory;
    }

    /// `Audit DIRECTORY GROUPS`
    public static void main(String[] args) throws Exception {
        Audit audit = new Audit(Path.of(args[0]));
        audit.run(Integer.parseInt(args[1]));
        audit.counts.forEach((what, count) -> System.out.println(what + " " + count));
    }

    private void run(int groups) throws Exception {
        for (String what : List.of("different", "lost", "doubled", "unasked", "owners", "fell")) {
            counts.put(what, 0L);
        }
        Map<String, Long> acknowledged = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve("acknowledged"))) {
            acknowledged.put(line.split(" ")[0], Long.parseLong(line.split(" ")[1]));
            add("acknowledged", Long.parseLong(line.split(" ")[1]));
        }
        Map<String, Long> held = new HashMap<>();
        for (int group = 1; group <= groups; group++) {
            look(group, held);
        }
        acknowledged.forEach((key, last) -> {
            long found = held.getOrDefault(key, 0L);
            add("lost", Math.max(0, last - found));
            add("unasked", Math.max(0, found - last));
        });
    }

    private void add(String what, long count) {
        counts.merge(what, count, Long::sum);
    }

    private void look(int group, Map<String, Long> held) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Set<String> dumps = dumps(group);
        while (dumps.size() > 1 && System.nanoTime() - end < 0) {
            Thread.sleep(100);
            dumps = dumps(group);
        }
        add("different", dumps.size() - 1);
        String[] parts = dumps.iterator().next().split(";", -1);
        add("voters", parts[0].split(",").length);
        add("learners", parts[1].equals("[]") ? 0 : parts[1].split(",").length);
        for (String vShard : parts[2].isEmpty() ? new String[0] : parts[2].split(" ")) {
            String[] shard = vShard.split("\\|", -1);
            keys(shard[1], held);
            reigns(shard[2]);
            add("vShards", 1);
        }
    }

    /// Returns what the replicas say, each different answer once.
    private Set<String> dumps(int group) throws IOException {
        Set<String> dumps = new HashSet<>();
        for (String node : NODES) {
            String dump = new LineClient(directory.resolve(node + ".port")).ask("dump " + group);
            if (!dump.equals("none")) {
                dumps.add(dump);
            }
        }
        return dumps;
    }

    private void keys(String keys, Map<String, Long> held) {
        for (String each : keys.split(",")) {
            String[] numbers = each.substring(each.indexOf('=') + 1).split("/");
            long last = Long.parseLong(numbers[0]);
            held.put(each.substring(0, each.indexOf('=')), last);
            add("doubled", Math.abs(Long.parseLong(numbers[1]) - last));
            add("keys", 1);
        }
    }

    private void reigns(String reigns) {
        long before = 0;
        Map<Long, String> holders = new HashMap<>();
        for (String each : reigns.split(",")) {
            String[] reign = each.split(":");
            long epoch = Long.parseLong(reign[0]);
            add("fell", epoch < before ? 1 : 0);
            before = epoch;
            String other = holders.putIfAbsent(epoch, reign[1]);
            add("owners", other == null || other.equals(reign[1]) ? 0 : 1);
            add("reigns", 1);
        }
    }
}
