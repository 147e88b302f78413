package io.staddle.testkit;

import io.staddle.api.id.ServerId;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerReply;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.server.EmbeddedServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A deployment of Staddle in this process, of one server or of three: the real ones, with their
/// log, RocksDB and sockets on loopback, in a temporary directory that [#close] deletes.
///
/// ```java
/// try (EmbeddedStaddle staddle = EmbeddedStaddle.start(3)) {
///     staddle.client().grains().acquire(cart, eu, Duration.ofMinutes(1)).orThrow();
///     staddle.pause(staddle.awaitLeader());            // as SIGSTOP and a cut network look
///     staddle.clock().advance(Duration.ofMinutes(1));  // the lease is over
/// }
/// ```
///
/// One server starts in about a second, three in about two, so share one: see [StaddleTest]. Its
/// feature level is the highest. Methods that change servers are for one thread.
public final class EmbeddedStaddle implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long POLL_MILLIS = 20;

    private final Path directory;
    private final Site site;
    private final VirtualClock clock = new VirtualClock();
    private final Map<ServerId, EmbeddedServer> running = new ConcurrentHashMap<>();
    private final Map<ServerId, String> failed = new ConcurrentHashMap<>();
    private final StaddleClient client;

    private EmbeddedStaddle(int servers) {
        try {
            directory = Files.createTempDirectory("staddle-embedded");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        site = new Site(directory, servers);
        client = newClient().build();
    }

    /// Starts a deployment of one server: the fastest, without anybody to take over.
    public static EmbeddedStaddle start() {
        return start(1);
    }

    /// Starts a deployment, and returns when all of its servers serve.
    ///
    /// @param servers 1 or 3
    public static EmbeddedStaddle start(int servers) {
        if (servers != 1 && servers != 3) {
            throw new IllegalArgumentException("servers must be 1 or 3, but is " + servers);
        }
        EmbeddedStaddle started = new EmbeddedStaddle(servers);
        try {
            started.startAll(started.servers());
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    /// Returns a client, with a deadline of 20 s. It belongs to the deployment.
    public StaddleClient client() {
        return client;
    }

    /// Begins to describe another client, which the caller closes.
    public StaddleClient.Builder newClient() {
        return StaddleClient.builder().endpoints(endpoints()).deadline(Duration.ofSeconds(20));
    }

    /// Returns where clients reach the servers, as `host:port,host:port,…`.
    public String endpoints() {
        return site.endpoints();
    }

    /// Returns the names of all servers, running or not, sorted.
    public List<ServerId> servers() {
        return site.servers();
    }

    /// Returns the time of the servers.
    public VirtualClock clock() {
        return clock;
    }

    /// Changes settings of the deployment, as `staddle config set` does.
    public void configure(Map<String, String> settings) {
        client.servers().putConfig(settings, client.servers().config().version()).orThrow();
    }

    /// Returns the server that leads, once there is one. A server that was cut off a moment ago may
    /// still take itself for it.
    public ServerId awaitLeader() {
        await("a server leads", () -> leader().isPresent());
        return leader().orElseThrow();
    }

    /// Has another server lead, as before an orderly stop.
    public void transferLeadership(ServerId to) {
        await(
                to + " leads",
                () -> {
                    client.servers().transferLeadership(to);
                    return leader().equals(Optional.of(to));
                });
    }

    /// Cuts the log of a server off from those of the others. Clients go on reaching it: a leader
    /// goes on taking itself for one for a moment, and answers nothing that may be out of date.
    public void cutOff(ServerId server) {
        site.cutOff(known(server));
    }

    /// Lets nobody reach a server, while connections stay open: what a process that hangs, or a
    /// network that swallows everything, looks like to the others and to clients.
    public void pause(ServerId server) {
        site.cutAll(known(server));
    }

    /// Stops a server in order: it hands leadership over first. Its data stay.
    public void stop(ServerId server) {
        EmbeddedServer stopped = running.remove(known(server));
        if (stopped != null) {
            stopped.close();
        }
    }

    /// Ends all faults: what is cut is whole, what was stopped runs. Returns when all servers serve
    /// and one leads. The clock stays where it is.
    public void heal() {
        site.heal();
        startAll(servers().stream().filter(server -> !running.containsKey(server)).toList());
    }

    /// Waits until something holds that the servers bring about by themselves: what has come to its
    /// deadline they find within a second. A question that fails meanwhile is asked again.
    ///
    /// @param what what is to hold, for the error
    /// @throws IllegalStateException if it does not within a minute, or a server has failed
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (!failed.isEmpty()) {
                throw new IllegalStateException("servers have failed: " + failed);
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "expected within " + PATIENCE.toSeconds() + " s that " + what);
            }
            rest();
        }
    }

    /// Stops everything and deletes the data.
    @Override
    public void close() {
        client.close();
        site.heal();
        try {
            together(List.copyOf(running.keySet()), this::stop);
        } finally {
            site.close();
            delete();
        }
    }

    private void startAll(List<ServerId> servers) {
        together(servers, this::start);
        await("all servers serve", this::isWhole);
    }

    private void start(ServerId server) {
        try {
            running.put(
                    server,
                    EmbeddedServer.start(
                            site.config(server),
                            clock::now,
                            clock::nanos,
                            why -> failed.put(server, why)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + server + " started", stop);
        }
    }

    private ServerId known(ServerId server) {
        if (!servers().contains(server)) {
            throw new IllegalArgumentException(
                    "a server of " + servers() + " was expected, not " + server);
        }
        return server;
    }

    private Optional<ServerId> leader() {
        return descriptions().stream()
                .filter(each -> each.ready() && each.leads())
                .max(Comparator.comparingLong(each -> each.log().term()))
                .map(each -> new ServerId(each.server()));
    }

    private boolean isWhole() {
        List<ServerDescription> all = descriptions();
        return all.size() == servers().size()
                && all.stream().allMatch(ServerDescription::ready)
                && all.stream().anyMatch(ServerDescription::leads);
    }

    private List<ServerDescription> descriptions() {
        return client.servers(client.options().within(LOOK)).describeAll().stream()
                .map(ServerReply::answer)
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (StaddleException notNow) {
            return false;
        }
    }

    private static void rest() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for servers", stop);
        }
    }

    private static void together(List<ServerId> servers, Consumer<ServerId> work) {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> begun = new ArrayList<>();
            servers.forEach(server -> begun.add(threads.submit(() -> work.accept(server))));
            for (Future<?> each : begun) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a server did not start or stop", e.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while servers start or stop", stop);
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
