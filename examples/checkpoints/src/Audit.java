import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierStatus;
import io.staddle.client.StaddleClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares what the workers have published with what Staddle has decided and with what the sources
/// say. Prints a line for each thing that it counts; for each that must not be, it is 0.
final class Audit {
    private final Path work;
    private final Checkpoints checkpoints;
    private final Map<String, Long> found = new TreeMap<>();
    private final long[] offsets = new long[Stream.WORKERS.size()];

    private Audit(Path work) {
        this.work = work;
        checkpoints = new Checkpoints(work);
    }

    /// `Audit DIRECTORY`
    public static void main(String[] args) throws Exception {
        try (StaddleClient client =
                StaddleClient.builder().endpoints(System.getenv("STADDLE_ENDPOINTS")).build()) {
            Audit audit = new Audit(Path.of(args[0]));
            for (String what :
                    List.of("aborted", "committed", "fell", "left", "records", "torn", "wrong")) {
                audit.add(what, 0);
            }
            List<BarrierRecord> all = client.barriers().list(Stream.SCOPE, 0, 1_000);
            for (BarrierRecord each : all.reversed()) {
                audit.look(each);
            }
            audit.found.forEach((what, count) -> IO.println(what + " " + count));
        }
    }

    private void look(BarrierRecord barrier) throws IOException {
        long epoch = barrier.id().epoch();
        if (barrier.status() != BarrierStatus.COMMITTED) {
            add("aborted", 1);
            add("left", files(epoch, ".prepared") + files(epoch, ""));
            return;
        }
        add("committed", 1);
        if (files(epoch, "") != Stream.WORKERS.size()) {
            add("torn", 1);
            return;
        }
        compare(epoch);
    }

    /// What was counted is what the sources have sent before their marks: nothing less, nothing
    /// more, nothing twice.
    private void compare(long epoch) throws IOException {
        Map<Integer, Long> counted = new HashMap<>();
        Map<Integer, Long> sent = new HashMap<>();
        long records = 0;
        for (int i = 0; i < Stream.WORKERS.size(); i++) {
            Snapshot snapshot = checkpoints.committed(epoch, Stream.WORKERS.get(i));
            snapshot.counts().forEach((key, count) -> counted.merge(key, count, Long::sum));
            for (long record = 0; record < snapshot.source(); record++) {
                sent.merge(Stream.key(i, record), 1L, Long::sum);
            }
            add("fell", snapshot.source() < offsets[i] ? 1 : 0);
            offsets[i] = snapshot.source();
            records += snapshot.source();
        }
        add("wrong", counted.equals(sent) ? 0 : 1);
        found.put("records", records);
    }

    /// How many workers have left a file for an epoch.
    private long files(long epoch, String suffix) {
        Path directory = work.resolve("checkpoints").resolve(Long.toString(epoch));
        return Stream.WORKERS.stream()
                .filter(worker -> Files.exists(directory.resolve(worker + suffix)))
                .count();
    }

    private void add(String what, long count) {
        found.merge(what, count, Long::sum);
    }
}
