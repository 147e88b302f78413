package io.staddle.bench;

import io.staddle.client.ServerDescription;
import io.staddle.client.StaddleClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Three servers on this machine, each a process of its own.
final class Deployment implements AutoCloseable {
    static final int SERVERS = 3;

    private final Options options;
    private final Path dir;
    private final Map<Integer, Process> running = new HashMap<>();

    private Deployment(Options options) {
        this.options = options;
        this.dir = options.work();
    }

    /// Formats three servers and starts them.
    static Deployment create(Options options) {
        Deployment deployment = new Deployment(options);
        delete(deployment.dir);
        List<Process> formats = new ArrayList<>();
        for (int n = 1; n <= SERVERS; n++) {
            deployment.writeConfig(n);
            formats.add(deployment.launch(n, "format"));
        }
        formats.forEach(Deployment::await);
        deployment.startAll();
        return deployment;
    }

    String endpoints() {
        return IntStream.rangeClosed(1, SERVERS)
                .mapToObj(n -> "127.0.0.1:" + apiPort(n))
                .collect(Collectors.joining(","));
    }

    void startAll() {
        for (int n = 1; n <= SERVERS; n++) {
            start(n);
        }
    }

    void start(int n) {
        running.put(n, launch(n, "run"));
    }

    void kill(int n) {
        Process process = running(n);
        process.destroyForcibly();
        await(process);
    }

    /// Stops one in an orderly way.
    void stop(int n) {
        Process process = running(n);
        process.destroy();
        await(process);
    }

    void signal(int n, String signal) {
        Proc.run("kill", "-" + signal, Long.toString(pid(n)));
    }

    /// Stops all in an orderly way.
    void stopAll() {
        running.values().forEach(Process::destroy);
        running.values().forEach(Deployment::await);
    }

    void killAll() {
        running.values().forEach(Process::destroyForcibly);
        running.values().forEach(Deployment::await);
    }

    long pid(int n) {
        return running(n).pid();
    }

    List<Long> pids() {
        return IntStream.rangeClosed(1, SERVERS).mapToObj(this::pid).toList();
    }

    Path data(int n) {
        return dir.resolve("s" + n + "/data");
    }

    /// Returns the number of the leader, as the servers say; waits for one up to two minutes.
    int leader(StaddleClient client) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (System.nanoTime() - end < 0) {
            for (int n = 1; n <= SERVERS; n++) {
                if (leads(client, n)) {
                    return n;
                }
            }
            sleepMillis(20);
        }
        throw new IllegalStateException("no server leads");
    }

    /// Returns the highest term that a server knows: elections make it grow.
    long term(StaddleClient client) {
        return highest(client, description -> description.log().term());
    }

    /// Waits until a server says that it is ready to serve, up to two minutes.
    void awaitReady(int n) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!isReady(n)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("server " + n + " does not get ready");
            }
            sleepMillis(10);
        }
    }

    private boolean isReady(int n) {
        try {
            URI readyz = URI.create("http://127.0.0.1:" + apiPort(n) + "/readyz");
            HttpURLConnection connection = (HttpURLConnection) readyz.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Returns the highest that any server says of something, -1 if none answers.
    long highest(StaddleClient client, ToLongFunction<ServerDescription> what) {
        return client.servers().describeAll().stream()
                .flatMap(reply -> reply.answer().stream())
                .mapToLong(what)
                .max()
                .orElse(-1);
    }

    @Override
    public void close() {
        for (Process process : running.values()) {
            Proc.run("kill", "-CONT", Long.toString(process.pid()));
        }
        killAll();
        delete(dir);
    }

    static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process running(int n) {
        return Objects.requireNonNull(running.get(n), "no such server was started");
    }

    private boolean leads(StaddleClient client, int n) {
        try {
            return client.servers().describe(client.servers().endpoints().get(n - 1)).leads();
        } catch (io.staddle.client.StaddleException down) {
            return false;
        }
    }

    private int apiPort(int n) {
        return options.basePort() + n - 1;
    }

    private int raftPort(int n) {
        return options.basePort() + SERVERS + n - 1;
    }

    private void writeConfig(int n) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("server: s").append(n).append("\ndeployment: bench\n");
        yaml.append("data: ").append(data(n)).append("\nservers:\n");
        for (int each = 1; each <= SERVERS; each++) {
            yaml.append("  - id: s").append(each).append('\n');
            yaml.append("    api: 127.0.0.1:").append(apiPort(each)).append('\n');
            yaml.append("    raft: 127.0.0.1:").append(raftPort(each)).append('\n');
        }
        try {
            Files.createDirectories(config(n).getParent());
            Files.writeString(config(n), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path config(int n) {
        return dir.resolve("s" + n + "/staddle.yaml");
    }

    private Process launch(int n, String verb) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(options.aotCache());
        command.addAll(Jvm.SERVER);
        command.add("-Djava.io.tmpdir=" + dir.resolve("s" + n));
        options.jvm().forEach(option -> command.add(option.replace("%n", Integer.toString(n))));
        command.addAll(List.of("io.staddle.server.StaddleServer", verb));
        command.addAll(List.of("--config", config(n).toString()));
        Path log = dir.resolve("s" + n + "/log");
        try {
            ProcessBuilder process = new ProcessBuilder(command);
            process.environment().put("CLASSPATH", options.classPath());
            process.environment().putIfAbsent("MALLOC_ARENA_MAX", "2"); // as bin/staddle does
            return process.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void delete(Path dir) {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dir)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
