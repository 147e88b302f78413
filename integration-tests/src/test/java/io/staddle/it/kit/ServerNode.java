package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.v1.BackupHeader;
import io.staddle.client.Endpoint;
import io.staddle.server.backup.Restore;
import io.staddle.server.backup.Salvage;
import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;

import org.apache.ratis.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// One server process and its directory: `server.yaml`, `log` and, unless it is on a disk of its
/// own, `data`.
public final class ServerNode implements AutoCloseable {
    /// The exit status of a server that stopped because going on was not safe.
    public static final int HALTED = 70;

    /// The exit status of a server that does not start on the data it finds.
    public static final int DATA_REFUSED = 78;

    private static final int END_SECONDS = 60;

    private final String id;
    private final Path home;
    private final Path data;
    private final Endpoint endpoint;
    private final Map<String, String> environment;
    private final ServerApi api;
    private Optional<Process> process = Optional.empty();
    private boolean paused;

    /// How a process ended.
    ///
    /// @param log what it logged from its start to its end
    public record End(int exitCode, String log) {}

    ServerNode(
            String id, Path home, Path data, Endpoint endpoint, Map<String, String> environment) {
        this.id = id;
        this.home = home;
        this.data = data;
        this.endpoint = endpoint;
        this.environment = new TreeMap<>(environment);
        this.api = new ServerApi(endpoint);
    }

    /// Returns its name.
    public String id() {
        return id;
    }

    /// Returns its data directory.
    public Path data() {
        return data;
    }

    /// Returns where it listens for clients.
    public Endpoint endpoint() {
        return endpoint;
    }

    /// Returns calls that reach this server and no other.
    public ServerApi api() {
        return api;
    }

    /// Creates its data directory, as `staddle server format` does.
    public void format() {
        assertThat(DataDirectory.format(config()).server().value()).isEqualTo(id);
    }

    /// Creates its data directory out of a backup, as `staddle backup restore` does.
    public void restore(Path backup, Instant at) {
        try {
            new Restore(config(), backup, at).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a backup of its data directory, as `staddle backup salvage` does. It must not run.
    public BackupHeader salvage(Path backup) {
        try {
            return new Salvage(config(), backup, InstantSource.system()).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts the process, unless it runs.
    public void start() {
        start(List.of());
    }

    /// Starts the process, unless it runs, with a clock that is set wrong.
    ///
    /// @param offset how far it is ahead; negative if it is behind
    public void startWithClockOff(Duration offset) {
        start(List.of("-Dstaddle.test.clock-offset-millis=" + offset.toMillis()));
    }

    /// Starts the process, unless it runs, with another build of the server.
    public void start(String classPath) {
        environment.put("CLASSPATH", classPath);
        try {
            start();
        } finally {
            environment.remove("CLASSPATH");
        }
    }

    /// Starts the process and waits until it ends by itself.
    public End startAndAwaitEnd() {
        long before = log().length();
        start();
        return awaitEnd(before);
    }

    /// Starts another process on the same directory, beside the one that runs, and waits until it
    /// ends by itself.
    public End startASecondProcess() {
        long before = log().length();
        int code = join(launch(List.of()));
        return new End(code, log().substring((int) before));
    }

    /// Waits until the process ends by itself.
    ///
    /// @param logged how long the log was before: what comes after it is in the answer
    public End awaitEnd(long logged) {
        int code = join(process.orElseThrow());
        return new End(code, log().substring((int) logged));
    }

    /// Ends the process with SIGKILL, as a crash does.
    public void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            join(running);
        });
    }

    /// Stops the process with SIGTERM and returns its exit code.
    public int stop() {
        Process running = process.orElseThrow();
        running.destroy();
        return join(running);
    }

    /// Has the JVM collect its garbage.
    public void collectGarbage() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        if (!Signals.run(jcmd, Long.toString(process.orElseThrow().pid()), "GC.run")) {
            throw new IllegalStateException("no garbage collection of " + this);
        }
    }

    /// Stops the process with SIGSTOP: its connections stay, and nothing moves.
    public void pause() {
        Signals.send("STOP", process.orElseThrow().pid());
        paused = true;
    }

    /// Makes the process do something at a place, if it was started with
    /// `-Dstaddle.test.failpoint=failpoint`; until it ends.
    public void fail(String placeAndWhat) {
        try {
            Files.writeString(home.resolve("failpoint"), placeAndWhat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets the process go on, if it is paused.
    public void resume() {
        if (paused && isRunning()) {
            Signals.send("CONT", process.orElseThrow().pid());
        }
        paused = false;
    }

    /// Tells whether there is a process, paused or not.
    public boolean isRunning() {
        return process.isPresent() && process.get().isAlive();
    }

    /// Tells whether there is a process that is not paused.
    public boolean isMoving() {
        return isRunning() && !paused;
    }

    /// Deletes its data directory.
    public void wipe() throws IOException {
        FileUtils.deleteFully(data);
    }

    /// Returns everything that its processes logged.
    public String log() {
        try {
            Path log = home.resolve("log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        api.close();
    }

    /// Returns its configuration.
    public ServerConfig config() {
        return ConfigFile.read(configFile(), environment);
    }

    Path configFile() {
        return home.resolve("server.yaml");
    }

    private void start(List<String> flags) {
        if (isRunning()) {
            return;
        }
        process = Optional.of(launch(flags));
        paused = false;
    }

    private Process launch(List<String> flags) {
        try {
            Files.deleteIfExists(home.resolve("failpoint"));
            ProcessBuilder builder = ServerJvm.process(configFile(), flags);
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
            Process started = builder.directory(home.toFile()).start();
            // Whatever ends the tests must not leave servers behind.
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int join(Process running) {
        try {
            boolean ended = running.waitFor(END_SECONDS, TimeUnit.SECONDS);
            assertThat(ended).as("%s ends within %d s", id, END_SECONDS).isTrue();
            return running.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return id + " at " + endpoint + List.of(home);
    }
}
