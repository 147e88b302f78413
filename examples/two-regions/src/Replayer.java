import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.client.StaddleClient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Applies what a region has missed to the region's own copy, the file `CLUSTER.copy`, in order.
///
/// An entry may come twice, or stand in the queue twice. The values of a grain only grow, so what
/// is not above the last one was applied before.
final class Replayer {
    private final Path copy;
    private final Map<String, Long> values = new HashMap<>();

    private Replayer(Path copy) throws IOException {
        this.copy = copy;
        if (Files.exists(copy)) {
            for (String line : Files.readAllLines(copy)) {
                String[] words = line.split(" ", -1);
                values.put(words[1], Long.parseLong(words[2]));
            }
        }
    }

    /// `Replayer CLUSTER DIRECTORY`
    public static void main(String[] args) throws Exception {
        ClusterId cluster = new ClusterId(args[0]);
        Replayer replayer = new Replayer(Path.of(args[1]).resolve(cluster + ".copy"));
        try (StaddleClient client =
                StaddleClient.builder().endpoints(System.getenv("STADDLE_ENDPOINTS")).build()) {
            client.replay()
                    .consumer(cluster, new ConsumerId("replayer-" + cluster))
                    .run(replayer::apply);
        }
    }

    /// When this returns the entry is on disk, so that it may be acknowledged.
    private void apply(ReplayEntry entry) throws IOException {
        String grain = entry.write().key().toString();
        long value = Long.parseLong(entry.write().value().toStringUtf8());
        if (value > values.getOrDefault(grain, 0L)) {
            Files.writeString(
                    copy,
                    "%d %s %d%n".formatted(entry.seq(), grain, value),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
            values.put(grain, value);
        }
    }
}
