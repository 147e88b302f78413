import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.GrainId;
import io.staddle.api.query.EventFilter;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;
import io.staddle.client.cache.CachedOwner;
import io.staddle.client.cache.NearCache;
import io.staddle.client.cache.NearCacheOptions;
import io.staddle.client.cache.NearCacheStatus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Stands beside the job: writes down what happens to its checkpoints as it is told, and looks up
/// all partitions again and again, in a near cache.
///
/// `watched` has a line for each event: `REVISION EPOCH STATUS`, or `REVISION - KIND`. `cache` is
/// written anew five times a second: `HITS MISSES RESTARTS FELL`, then a line for each
/// partition: `PARTITION OWNER EPOCH`.
final class Watcher {
    private final Path work;
    private final NearCache owners;
    private final long[] epochs = new long[Stream.PARTITIONS];
    private long fell;

    private Watcher(Path work, NearCache owners) {
        this.work = work;
        this.owners = owners;
    }

    /// `Watcher DIRECTORY`
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        StaddleClient client =
                StaddleClient.builder().endpoints(System.getenv("STADDLE_ENDPOINTS")).build();
        client.events()
                .watch(
                        WatchOptions.FROM_NOW.after(0).only(EventFilter.scope(Stream.SCOPE)),
                        news -> note(news, work.resolve("watched")));
        new Watcher(work, NearCache.open(client, NearCacheOptions.DEFAULT)).run();
    }

    private static void note(Watched news, Path file) {
        StringBuilder lines = new StringBuilder();
        switch (news) {
            case Watched.Change change ->
                    change.events()
                            .forEach(event ->
                                    lines.append(change.revision() + " " + words(event) + "\n"));
            case Watched.Trimmed gap -> lines.append(gap.resumeFrom() + " - GAP\n");
            case Watched.Lagging _, Watched.Progress _ -> {}
        }
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(Event event) {
        return event instanceof BarrierEvent.OfBarrier of
                ? of.barrier().id().epoch() + " " + of.barrier().status()
                : "- " + event.getClass().getSimpleName();
    }

    private void run() throws InterruptedException {
        for (int round = 1; ; round++) {
            try {
                for (int i = 0; i < Stream.PARTITIONS; i++) {
                    look(i, Stream.partitions().get(i));
                }
                if (round % 20 == 0) {
                    tell();
                }
            } catch (StaddleException nobodyThere) {
                IO.println("asks again: " + nobodyThere.getMessage());
            }
            Thread.sleep(10);
        }
    }

    private void look(int number, GrainId partition) {
        CachedOwner found = owners.lookup(partition);
        if (found.epoch().value() < epochs[number]) {
            fell++;
        }
        epochs[number] = found.epoch().value();
    }

    private void tell() {
        NearCacheStatus status = owners.status();
        StringBuilder lines = new StringBuilder();
        lines.append(status.hits() + " " + status.misses());
        lines.append(" " + status.restarts() + " " + fell);
        for (GrainId partition : Stream.partitions()) {
            CachedOwner found = owners.lookup(partition);
            String owner = found.owner().map(Object::toString).orElse("-");
            lines.append("\n" + partition + " " + owner + " " + found.epoch());
        }
        Checkpoints.write(work.resolve("cache"), List.of(lines.toString()));
    }
}
