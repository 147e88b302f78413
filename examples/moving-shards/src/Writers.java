import io.staddle.api.id.NodeId;
import io.staddle.api.model.VShardRecord;
import io.staddle.client.RoutingCache;
import io.staddle.client.StaddleException;
import io.staddle.client.WrongOwnerException;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Counts up keys without end, from many threads, each key by one of them, and remembers what was
/// acknowledged.
///
/// It finds who serves a key in the routing table that it keeps, and only if that one refuses asks
/// Staddle for what has changed.
final class Writers {
    private static final int KEYS_EACH = 16;

    private final Path directory;
    private final RoutingCache routing;
    private final Map<String, Long> acknowledged = new TreeMap<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong paused = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();
    private final List<Thread> running = new ArrayList<>();
    private final BufferedWriter waits;
    private long periodNanos;
    private volatile boolean stopping;

    Writers(Path directory, RoutingCache routing) {
        this.directory = directory;
        this.routing = routing;
        try {
            waits = Files.newBufferedWriter(directory.resolve("waits"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes from now on.
    ///
    /// @param rate writes a second of all threads together
    void start(int threads, int rate) {
        periodNanos = TimeUnit.SECONDS.toNanos(threads) / rate;
        for (int i = 0; i < threads; i++) {
            int number = i;
            running.add(Thread.ofPlatform().start(() -> write(number)));
        }
        running.add(Thread.ofPlatform().start(this::tellOften));
    }

    /// Waits until what was begun is acknowledged, and writes down what was.
    void finish() {
        stopping = true;
        try {
            for (Thread each : running) {
                each.join();
            }
            tell();
            close();
        } catch (InterruptedException | IOException unfinished) {
            throw new IllegalStateException("what was acknowledged is not known", unfinished);
        }
    }

    private void write(int number) {
        Map<NodeId, LineClient> nodes = new HashMap<>();
        long due = System.nanoTime();
        for (long round = 1; !stopping; round++) {
            for (int i = 0; i < KEYS_EACH && !stopping; i++) {
                String key = "key-" + number + "-" + i;
                count(nodes, key, round);
                due += periodNanos;
                pause(due - System.nanoTime());
                due = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    /// Repeats a write until it is acknowledged.
    private void count(Map<NodeId, LineClient> nodes, String key, long number) {
        long began = System.nanoTime();
        while (!isAcknowledged(nodes, key, number)) {
            pause(TimeUnit.MILLISECONDS.toNanos(2));
        }
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        synchronized (this) {
            acknowledged.put(key, number);
            if (tookMillis >= 20) {
                wrote(System.currentTimeMillis() + " " + key + " " + tookMillis + "\n");
            }
        }
        writes.incrementAndGet();
    }

    private boolean isAcknowledged(Map<NodeId, LineClient> nodes, String key, long number) {
        try {
            String answer = routing.call(key, at -> ask(nodes, at, key, number));
            switch (answer.split(" ")[0]) {
                case "ok", "again" -> {
                    return true;
                }
                case "paused" -> paused.incrementAndGet();
                default -> pause(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (WrongOwnerException | StaddleException | UncheckedIOException notNow) {
            pause(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return false;
    }

    private String ask(Map<NodeId, LineClient> nodes, VShardRecord at, String key, long number) {
        LineClient node =
                nodes.computeIfAbsent(
                        at.leaseholder(),
                        name -> new LineClient(directory.resolve(name + ".port")));
        String line =
                String.join(
                        " ",
                        "put",
                        at.group().toString(),
                        at.id().toString(),
                        Long.toString(at.epoch().value()),
                        key,
                        Long.toString(number));
        try {
            String answer = node.ask(line);
            if (answer.equals("moved")) {
                moved.incrementAndGet();
                throw new WrongOwnerException(at.leaseholder() + " serves " + at.id() + " no more");
            }
            return answer;
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    private static void pause(long nanos) {
        if (nanos > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tellOften() {
        try {
            while (!stopping) {
                tell();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (IOException | InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() throws IOException {
        Path draft = directory.resolve("written.draft");
        Files.writeString(draft, writes + " " + paused + " " + moved + "\n");
        Files.move(draft, directory.resolve("written"), StandardCopyOption.ATOMIC_MOVE);
        synchronized (this) {
            waits.flush();
        }
    }

    private void wrote(String line) {
        try {
            waits.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void close() throws IOException {
        waits.close();
        StringBuilder lines = new StringBuilder();
        acknowledged.forEach((key, last) -> lines.append(key + " " + last + "\n"));
        Files.writeString(directory.resolve("acknowledged"), lines);
    }
}
