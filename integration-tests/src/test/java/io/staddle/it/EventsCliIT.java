package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.GrainId;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.CommandLine.Ran;
import io.staddle.it.kit.Directory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// History on the command line.
final class EventsCliIT {
    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("events"));

    @TempDir private Path directory = Path.of("unset");
    private final StaddleClient client = CLUSTER.get().client();

    @Test
    void historyIsListedToldAndExported() throws IOException {
        Directory.register(client);
        Directory.acquireAll(client, Directory.grains("cart", 20), Directory.EU);
        client.grains().acquire(GrainId.of("account", "7"), Directory.US).orThrow();

        Ran list = staddle("events", "list", "--type", "account");
        assertThat(list.out().lines()).hasSize(3);
        assertThat(list.out()).contains("granted", "account/7 owner=us", "integration-tests");
        assertThat(staddle("events", "list", "--kind", "granted", "-o", "json").out())
                .contains("\"events\"", "\"granted\"", "\"throughIndex\"");

        Ran newest = staddle("events", "list", "--type", "account", "--newest", "--limit", "1");
        assertThat(newest.out().lines()).hasSize(2);
        String last = list.out().lines().toList().getLast();
        assertThat(newest.out()).contains(last.substring(0, last.indexOf(' ')));
        assertThat(newest.err()).contains("There are more before them");

        Ran tail = staddle("events", "tail", "--after", "0", "--cluster", "us", "--limit", "3");
        assertThat(tail.code()).isZero();
        assertThat(tail.out()).contains("cluster_registered", "account/7");
        Ran beyond = staddle("events", "tail", "--after", "100000000");
        assertThat(beyond.code()).isEqualTo(64);
        assertThat(beyond.err()).contains("--after 100000000", "from must be at most");

        Ran timeline = staddle("timeline", "--since", "1h", "--markdown");
        assertThat(timeline.out()).contains("| time | after |", "20 × granted");
        assertThat(staddle("timeline", "--cluster", "us").out()).contains("cluster_registered");

        exportsGoOnAndSayGaps();
    }

    private void exportsGoOnAndSayGaps() throws IOException {
        Path file = directory.resolve("history.ndjson");
        Ran first = staddle("events", "export", file.toString());
        assertThat(first.err()).contains("--after ");
        int lines = Files.readAllLines(file).size();
        String after = first.err().strip().replaceAll("(?s).*--after ", "");
        client.grains().acquire(GrainId.of("account", "8"), Directory.US).orThrow();
        assertThat(staddle("events", "export", file.toString(), "--after", after).code()).isZero();
        assertThat(Files.readAllLines(file)).hasSize(lines + 1);

        Directory.configure(client, Map.of("history.entries-max", "1"));
        client.grains().acquire(GrainId.of("account", "9"), Directory.US).orThrow();
        client.grains().acquire(GrainId.of("account", "10"), Directory.US).orThrow();
        Ran late = staddle("events", "export", "--after", after);
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err()).contains("are gone");
        assertThat(late.out()).isEmpty();
    }

    private static Ran staddle(String... words) {
        return CommandLine.run(words, "--endpoints", CLUSTER.get().endpoints());
    }
}
