package io.staddle.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Histories of calls while servers are killed and paused.
///
/// A run prints its seed; `-Dstaddle.history.seed=…` gives it back. The seed decides faults and
/// calls, not how the threads are scheduled. After a failure the history is in the cluster's
/// directory.
final class HistoryIT {
    @RegisterExtension
    final ClusterExtension cluster =
            ClusterExtension.of(ClusterSettings.named("history").with("snapshot.entries", 2_000));

    private final long seed = Long.getLong("staddle.history.seed", new Random().nextLong());

    @Test
    void historiesUnderFaultsAreLinearizable() throws Exception {
        run(Duration.ofSeconds(Long.getLong("staddle.history.seconds", 6)), 3, 500);
    }

    @Test
    @Tag("soak")
    void longHistoriesUnderFaultsAreLinearizable() throws Exception {
        run(Duration.ofSeconds(Long.getLong("staddle.history.seconds", 600)), 60, 50_000);
    }

    /// Fails as well if too little happened to prove anything.
    private void run(Duration atLeast, int faultsMin, int operationsMin) throws Exception {
        System.out.println("seed " + seed);
        Directory.watchNobody(cluster.get().client());
        Workload.CLUSTERS.forEach(
                name -> Directory.register(cluster.get().client(), new ClusterId(name)));
        Workload workload = new Workload(cluster.get(), seed);
        Nemesis nemesis =
                new Nemesis(
                        cluster.get(),
                        seed,
                        new Nemesis.Pace(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        workload.start();
        long start = System.nanoTime();
        for (int i = 0; i < faultsMin || System.nanoTime() - start < atLeast.toNanos(); i++) {
            nemesis.strike(i);
        }
        cluster.get().heal();
        List<Operation> history = workload.stop();
        cluster.get().awaitEqualDigests();
        List<Change> changes = changes(cluster.get());
        report(history, changes, nemesis);

        assertThat(history).as("enough operations").hasSizeGreaterThan(operationsMin);
        assertThat(nemesis.done()).as("enough faults").hasSizeGreaterThanOrEqualTo(faultsMin - 1);
        assertThat(Witness.check(history, changes)).as("witness, seed " + seed).isEmpty();
        assertThat(Linearizability.check(history)).as("search, seed " + seed).isEmpty();
    }

    private void report(List<Operation> history, List<Change> changes, Nemesis nemesis)
            throws IOException {
        long unknown = history.stream().filter(Operation::isUnknown).count();
        nemesis.done().forEach(System.out::println);
        System.out.printf(
                "%d operations, %d unknown, %d changes, %d faults%n",
                history.size(), unknown, changes.size(), nemesis.done().size());
        Path file = cluster.get().home().resolve("history.txt");
        List<String> lines = new ArrayList<>();
        lines.add("seed " + seed);
        lines.addAll(nemesis.done());
        history.forEach(operation -> lines.add(operation.toString()));
        changes.forEach(change -> lines.add(change.toString()));
        Files.write(file, lines);
    }

    private static List<Change> changes(TestCluster cluster) {
        List<Change> changes = new ArrayList<>();
        long after = 0;
        List<RecordedEvent> page = events(cluster, after);
        while (!page.isEmpty()) {
            page.forEach(event -> Change.of(event).ifPresent(changes::add));
            after = page.getLast().revision().index();
            page = events(cluster, after);
        }
        return changes;
    }

    private static List<RecordedEvent> events(TestCluster cluster, long after) {
        ListEventsAnswer answer =
                cluster.awaitLeader()
                        .api()
                        .events(Duration.ofSeconds(20))
                        .list(
                                ListEventsRequest.newBuilder()
                                        .setAfterIndex(after)
                                        .setLimit(5_000)
                                        .build());
        assertThat(answer.getTrimmed()).as("history is whole").isFalse();
        return answer.getEventsList().stream().map(EventCodec::decode).toList();
    }
}
