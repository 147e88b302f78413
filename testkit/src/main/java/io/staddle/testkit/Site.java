package io.staddle.testkit;

import io.staddle.api.id.ServerId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where the servers of an [EmbeddedStaddle] are: their configurations, a [Wire] to the API of each
/// server, which everybody uses, and one for the log from each server to each other one.
final class Site implements AutoCloseable {
    /// Below what systems take for outgoing connections, so that a server that was stopped finds
    /// its ports free.
    private static final int PORT_FIRST = 10_000;

    private static final int PORT_END = 17_000;
    private static final String ALL = "all";

    private final Path directory;
    private final List<Address> addresses;
    private final Map<ServerId, Integer> fronts = new HashMap<>();
    private final Links links = new Links();

    /// Where a server listens.
    private record Address(ServerId id, int api, int raft) {}

    Site(Path directory, int servers) {
        this.directory = directory;
        addresses =
                IntStream.rangeClosed(1, servers)
                        .mapToObj(n -> new Address(new ServerId("s" + n), freePort(), freePort()))
                        .toList();
        addresses.forEach(each -> fronts.put(each.id(), lay(ALL, each.id(), each.api())));
        addresses.forEach(this::configure);
    }

    List<ServerId> servers() {
        return addresses.stream().map(Address::id).toList();
    }

    Path config(ServerId server) {
        return directory.resolve(server + ".yaml");
    }

    /// Returns where clients reach the servers, as `host:port,…`.
    String endpoints() {
        return servers().stream()
                .map(server -> "127.0.0.1:" + front(server))
                .collect(Collectors.joining(","));
    }

    /// Cuts the log of a server off from those of the others; clients reach it.
    void cutOff(ServerId server) {
        links.cut((from, to) -> !from.equals(ALL) && touches(server, from, to));
    }

    /// Lets nobody reach a server, and its log nobody.
    void cutAll(ServerId server) {
        links.cut((from, to) -> touches(server, from, to));
    }

    void heal() {
        links.heal();
    }

    @Override
    public void close() {
        links.close();
    }

    private static boolean touches(ServerId server, String from, String to) {
        return to.equals(server.value()) || from.equals(server.value());
    }

    private int front(ServerId server) {
        return Objects.requireNonNull(fronts.get(server), "it was laid first");
    }

    private int lay(String from, ServerId to, int target) {
        try {
            Wire wire = new Wire(0, target);
            links.add(from, to.value(), wire);
            return wire.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(Address self) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("server: " + self.id() + "\n");
        yaml.append("deployment: embedded\n");
        yaml.append("data: \"" + directory.resolve(self.id().value()) + "\"\n");
        yaml.append("api: 127.0.0.1:" + self.api() + "\n");
        yaml.append("raft: 127.0.0.1:" + self.raft() + "\n");
        yaml.append("console:\n  operate: true\n");
        yaml.append("servers:\n");
        for (Address other : addresses) {
            int raft =
                    other.equals(self)
                            ? self.raft()
                            : lay(self.id().value(), other.id(), other.raft());
            yaml.append("  - id: " + other.id() + "\n");
            // What servers tell clients of each other leads there, too.
            yaml.append("    api: 127.0.0.1:" + front(other.id()) + "\n");
            yaml.append("    raft: 127.0.0.1:" + raft + "\n");
        }
        try {
            Files.writeString(config(self.id()), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_FIRST, PORT_END);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new IllegalStateException("no free port in " + PORT_FIRST + " to " + PORT_END);
    }
}
