package io.staddle.it.kit;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.client.StaddleClient;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A consumer in a process of its own, which applies the first entry of a queue by saying its
/// place, and hangs: so it has applied one and acknowledged nothing.
public final class ReplayReader implements AutoCloseable {
    private final Process process;
    private final List<Long> applied = new CopyOnWriteArrayList<>();
    private final Thread listener;

    private ReplayReader(Process process) {
        this.process = process;
        listener = Thread.ofVirtual().name("reader").start(this::listen);
    }

    /// Starts one.
    public static ReplayReader start(TestCluster cluster, ClusterId target) throws IOException {
        return new ReplayReader(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ReplayReader.class.getName(),
                                cluster.endpoints(),
                                target.value())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /// Reads the queue of `args[1]` from the servers at `args[0]`, and hangs.
    public static void main(String[] args) {
        try (StaddleClient client = StaddleClient.builder().endpoints(args[0]).build()) {
            client.replay()
                    .consumer(new ClusterId(args[1]), new ConsumerId("doomed"))
                    .drain(entry -> {
                        System.out.println(entry.seq());
                        new CountDownLatch(1).await();
                    });
        }
    }

    /// Returns the places that it has applied so far.
    public List<Long> applied() {
        return List.copyOf(applied);
    }

    /// Kills it at once, and waits until it has ended.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                applied.add(Long.valueOf(line));
            }
        } catch (IOException killed) {
            // its output ends with it
        }
    }
}
