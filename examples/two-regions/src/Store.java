import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The store that both regions write to: one number a grain, and the check that fences are for.
///
/// It knows nothing of Staddle. It keeps the highest epoch that it has seen of each grain and the
/// highest fence of each cluster, and refuses whoever shows an older one. Every request becomes a
/// line of the file `ledger`, in the order in which they were decided.
final class Store {
    private final PrintStream ledger;
    private final boolean checks;
    private final Map<String, Cell> cells = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();

    /// @param epoch the highest that was seen
    private record Cell(long epoch, long value) {}

    /// `open GRAIN EPOCH CLUSTER FENCE SILO 0`, or `write …` with the value to put there.
    private record Request(
            String verb,
            String grain,
            long epoch,
            String cluster,
            long fence,
            String silo,
            long value) {

        static Request parse(String line) {
            String[] words = line.split(" ", -1);
            return new Request(
                    words[0],
                    words[1],
                    Long.parseLong(words[2]),
                    words[3],
                    Long.parseLong(words[4]),
                    words[5],
                    Long.parseLong(words[6]));
        }
    }

    private Store(PrintStream ledger, boolean checks) {
        this.ledger = ledger;
        this.checks = checks;
    }

    /// `Store DIRECTORY [--unchecked]`
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        boolean checks = !List.of(args).contains("--unchecked");
        PrintStream ledger =
                new PrintStream(
                        Files.newOutputStream(directory.resolve("ledger")),
                        true,
                        StandardCharsets.UTF_8);
        Store store = new Store(ledger, checks);
        try (LineServer _ = LineServer.start(directory.resolve("store.port"), store::answer)) {
            Thread.currentThread().join();
        } catch (IOException failed) {
            throw new IllegalStateException("the store cannot serve", failed);
        }
    }

    private synchronized String answer(String line) {
        Request request = Request.parse(line);
        Cell seen = cells.getOrDefault(request.grain(), new Cell(0, 0));
        boolean taken = !checks || !isStale(request, seen);
        if (taken) {
            long value = request.verb().equals("write") ? request.value() : seen.value();
            cells.put(request.grain(), new Cell(Math.max(seen.epoch(), request.epoch()), value));
            fences.merge(request.cluster(), request.fence(), Math::max);
        }
        ledger.printf(
                "%s %s %s %d %s %d %d%n",
                taken ? "accepted" : "refused",
                request.verb(),
                request.silo(),
                request.fence(),
                request.grain(),
                request.epoch(),
                request.value());
        return taken ? "done " + cells.get(request.grain()).value() : "stale";
    }

    private boolean isStale(Request request, Cell seen) {
        return request.epoch() < seen.epoch()
                || request.fence() < fences.getOrDefault(request.cluster(), 0L);
    }
}
