package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ServerId;
import io.staddle.client.StaddleClient;
import io.staddle.server.EmbeddedServer;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;

import org.apache.ratis.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three servers in this process with certificates and enforced access, made with the CLI as an
/// operator makes them. More can be started.
public final class SecuredServers implements AutoCloseable {
    /// The name that their certificates have.
    public static final String DEPLOYMENT = "secured";

    private final Path directory;
    private final List<ServerAddress> addresses = new CopyOnWriteArrayList<>();
    private final Map<ServerId, EmbeddedServer> running = new ConcurrentHashMap<>();

    private SecuredServers(Path directory) {
        this.directory = directory;
        IntStream.rangeClosed(1, 3).forEach(n -> addresses.add(address("s" + n)));
    }

    /// Makes certificates, ours and a stranger's, and starts three servers.
    public static SecuredServers start() {
        try {
            SecuredServers servers = new SecuredServers(Files.createTempDirectory("secured"));
            for (String authority : List.of("ours", "foreign")) {
                servers.cli("certs", "init", servers.file(authority).toString());
                for (ServerAddress each : servers.addresses) {
                    servers.certify(authority, each.id().value());
                }
            }
            servers.startAll();
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the servers that are named in the configurations, in their order.
    public List<ServerAddress> addresses() {
        return List.copyOf(addresses);
    }

    /// Returns where another server is to listen, with certificates of both authorities.
    public ServerAddress oneMore(String id) {
        List.of("ours", "foreign").forEach(authority -> certify(authority, id));
        return address(id);
    }

    /// Starts a server that knows all others, and waits until it has its seat. To be interrupted if
    /// it gets none.
    ///
    /// @param authority whose certificates it has, and whom it trusts
    public ServerAddress start(ServerAddress server, String authority)
            throws IOException, InterruptedException {
        List<ServerAddress> known = new ArrayList<>(addresses);
        known.remove(server);
        known.add(server);
        Path config = file(server.id() + ".yaml");
        Files.writeString(config, yaml(server, authority, known));
        running.put(
                server.id(),
                EmbeddedServer.start(config, InstantSource.system(), System::nanoTime, _ -> {}));
        return server;
    }

    /// Returns a file below the directory that all is in; authorities are `ours` and `foreign`.
    public Path file(String name) {
        return directory.resolve(name);
    }

    /// Makes new certificates for a server, in place of what it has.
    public void certify(String authority, String server) {
        String folder = file(authority).toString();
        cli("certs", "server", folder, server, "--deployment", DEPLOYMENT);
    }

    /// Makes a certificate of a client.
    public Path clientCertificate(String authority, String name) {
        cli("certs", "client", file(authority).toString(), name);
        return file(authority).resolve("client-" + name).resolve(name + ".crt");
    }

    /// Runs the CLI, which must succeed.
    public String cli(String... words) {
        CommandLine.Ran ran = CommandLine.run(words);
        assertThat(ran.code()).as("%s %s", String.join(" ", words), ran.err()).isZero();
        return ran.out() + ran.err();
    }

    /// Begins to describe a client that trusts our authority.
    public StaddleClient.Builder client() {
        return open().tls(file("ours/clients-ca.crt"));
    }

    /// Begins to describe a client without TLS.
    public StaddleClient.Builder open() {
        return StaddleClient.builder().endpoints(endpoints()).deadline(Duration.ofSeconds(20));
    }

    /// Returns where clients reach the servers.
    public String endpoints() {
        return addresses.stream()
                .map(each -> each.api().toString())
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        try {
            together(running.values().stream().<ThrowingTask>map(each -> each::close).toList());
        } finally {
            FileUtils.deleteFileQuietly(directory.toFile());
        }
    }

    private void startAll() {
        together(addresses.stream().<ThrowingTask>map(each -> () -> start(each, "ours")).toList());
    }

    private static ServerAddress address(String id) {
        return new ServerAddress(
                new ServerId(id),
                new HostPort("127.0.0.1", Ports.free()),
                new HostPort("127.0.0.1", Ports.free()));
    }

    private String yaml(ServerAddress self, String authority, List<ServerAddress> known) {
        String own = file(authority).resolve(self.id().value()).toString();
        StringBuilder yaml =
                new StringBuilder(
                        """
                        server: %s
                        deployment: %s
                        data: %s
                        access:
                          mode: enforced
                        console:
                          operate: true
                        # Tests look at the leader's page, and none has it fail.
                        election:
                          min-millis: 1500
                          max-millis: 3000
                        tls:
                          certificate: CERTS/api.crt
                          key: CERTS/api.key
                          client-ca: CERTS/clients-ca.crt
                          peer-certificate: CERTS/peer.crt
                          peer-key: CERTS/peer.key
                          peer-ca: CERTS/peers-ca.crt
                        servers:
                        """
                                .formatted(self.id(), DEPLOYMENT, file("data-" + self.id()))
                                .replace("CERTS", own));
        for (ServerAddress each : known) {
            yaml.append(
                    "  - {id: %s, api: \"%s\", raft: \"%s\"}\n"
                            .formatted(each.id(), each.api(), each.raft()));
        }
        return yaml.toString();
    }

    private interface ThrowingTask {
        void run() throws IOException, InterruptedException;
    }

    private static void together(List<ThrowingTask> tasks) {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> begun = new ArrayList<>();
            for (ThrowingTask task : tasks) {
                begun.add(
                        threads.submit(() -> {
                            task.run();
                            return task;
                        }));
            }
            for (Future<?> each : begun) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a server did not start or stop", e.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }
}
