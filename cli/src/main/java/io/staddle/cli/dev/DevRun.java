package io.staddle.cli.dev;

import static java.util.stream.Collectors.toMap;

import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.Session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// The servers of one `staddle dev`, from their start to their end.
final class DevRun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;
    private static final int LAST_WORDS = 5;

    private final Session session;
    private final DevLayout layout;
    private final ServerCommand command;

    /// Filled by the start, read by whoever stops, which may be a signal in between.
    private final List<DevProcess> processes = new CopyOnWriteArrayList<>();

    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    DevRun(Session session, DevLayout layout, ServerCommand command) {
        this.session = session;
        this.layout = layout;
        this.command = command;
    }

    /// Starts the processes, which format their data directories if the plan says so.
    void start(DevPlan plan) throws IOException {
        for (DevServer server : plan.start()) {
            requireFree(server);
            Files.createDirectories(server.directory());
            Files.writeString(server.config(), layout.yaml(server));
        }
        for (DevServer server : plan.start()) {
            if (!stopping.get()) {
                processes.add(DevProcess.start(command, server, plan.format()));
            }
        }
        for (DevProcess each : processes) {
            ends.add(each.process().onExit().thenRun(() -> died(each)));
        }
    }

    /// Waits until all that were started serve and know a leader, however long that takes, or all
    /// have ended.
    void awaitReady() throws InterruptedException {
        long impatient = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        while (alive().findAny().isPresent()) {
            Map<DevServer, Readiness> found =
                    alive().map(DevProcess::server).collect(toMap(each -> each, Readiness::of));
            if (found.values().stream().allMatch(Readiness::isReady)) {
                announce(found);
                return;
            }
            if (!said && System.nanoTime() > impatient) {
                sayNotReady();
                said = true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private Stream<DevProcess> alive() {
        return processes.stream().filter(each -> each.process().isAlive());
    }

    /// Waits until all processes have ended.
    void awaitEnd() {
        ends.forEach(CompletableFuture::join);
    }

    boolean isStopping() {
        return stopping.get();
    }

    /// Ends all processes, first asking, then by force.
    void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        List<DevProcess> alive = alive().toList();
        if (!alive.isEmpty()) {
            session.say("Stopping " + Figures.count(alive.size(), "server") + " ...");
        }
        alive.forEach(DevProcess::terminate);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (DevProcess each : alive) {
            if (!each.awaitEnd(deadline)) {
                session.say(each.server().id() + " did not end within 10 s and was killed.");
            }
        }
        if (!alive.isEmpty()) {
            session.say("Stopped. The data stays in " + DevLayout.shown(layout.directory()));
        }
    }

    private void requireFree(DevServer server) throws IOException {
        var pid = DevProcess.running(server);
        if (pid.isPresent()) {
            throw CliException.refused(
                    server.id() + " runs already, as process " + pid.get(),
                    "To stop it: kill %s. Another deployment beside it: --data DIR --base-port P"
                            .formatted(pid.get()));
        }
        for (int port : new int[] {server.apiPort(), server.raftPort()}) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException taken) {
                throw CliException.refused(
                        "port " + port + " of " + server.id() + " is taken: " + taken.getMessage(),
                        "Stop what listens there, or move all ports: --base-port");
            }
        }
    }

    private void announce(Map<DevServer, Readiness> found) {
        Table table =
                new Table(
                        Column.left("SERVER"),
                        Column.left("API"),
                        Column.left("RAFT"),
                        Column.left("ROLE"),
                        Column.right("PID"),
                        Column.left("DIRECTORY"));
        for (DevProcess each : processes) {
            DevServer server = each.server();
            table.row(
                    Cell.of(server.id()),
                    Cell.of(server.api()),
                    Cell.of(server.raft()),
                    role(found.getOrDefault(server, Readiness.NOT_READY)),
                    Cell.of(Long.toString(each.process().pid())),
                    Cell.of(DevLayout.shown(server.directory())));
        }
        session.shell().out().print(table.render(session.ink()));
        session.shell().out().flush();
        String endpoints =
                layout.basePort() == DevLayout.DEFAULT_BASE_PORT
                        ? ""
                        : " (first: export STADDLE_ENDPOINTS=" + layout.endpoints() + ")";
        session.say("");
        session.say("Web console: http://" + processes.getFirst().server().api() + "/");
        session.say("Serving. Ctrl-C stops it; the data stays. In another terminal" + endpoints);
        session.say("  staddle cluster register eu-1 --region eu --healthy");
        session.say("  staddle grain acquire cart/42 --owner eu-1");
        session.say("  staddle grain lookup cart/42");
    }

    private static Cell role(Readiness found) {
        return switch (found) {
            case NOT_READY -> Cell.of("");
            case FOLLOWS -> Cell.of("follower");
            case LEADS -> new Cell("leader", Tone.GOOD);
        };
    }

    private void sayNotReady() {
        session.say(
                "After "
                        + Figures.duration(PATIENCE)
                        + " there is no leader yet, or a server does not answer. Two of the three"
                        + " are needed. See "
                        + DevLayout.shown(layout.directory())
                        + "/server-N/log. Waiting on; Ctrl-C stops it.");
    }

    private void died(DevProcess process) {
        if (stopping.get()) {
            return;
        }
        process.removePidFile();
        DevServer server = process.server();
        session.say(
                "%s (process %d) has ended with exit code %d. It is not restarted; its last words:"
                        .formatted(
                                server.id(),
                                process.process().pid(),
                                process.process().exitValue()));
        process.lastWords(LAST_WORDS).forEach(line -> session.say("  " + line));
        session.say("To bring it back: staddle dev --only " + server.number());
    }
}
