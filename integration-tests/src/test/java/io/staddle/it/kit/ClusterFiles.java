package io.staddle.it.kit;

import io.staddle.client.Endpoint;
import io.staddle.server.config.ServerAddress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Writes the configuration of each server of a cluster.
final class ClusterFiles {
    private static final String HOST = "127.0.0.1";

    private final Path home;
    private final ClusterSettings settings;
    private final Wires wires;
    private final List<Address> addresses;

    /// Where a server listens.
    private record Address(String id, Endpoint api, Endpoint raft) {}

    private ClusterFiles(Path home, int size, ClusterSettings settings, Wires wires) {
        this.home = home;
        this.settings = settings;
        this.wires = wires;
        addresses =
                IntStream.rangeClosed(1, size)
                        .mapToObj(number -> new Address("s" + number, free(), free()))
                        .toList();
    }

    /// @param wires laid between the servers, if the settings want it
    static List<ServerNode> write(Path home, int size, ClusterSettings settings, Wires wires)
            throws IOException {
        ClusterFiles files = new ClusterFiles(home, size, settings, wires);
        ServerNode[] nodes = new ServerNode[size];
        for (int i = 0; i < size; i++) {
            nodes[i] = files.write(i);
        }
        return List.of(nodes);
    }

    /// Writes that of one more server, which knows all of them.
    ///
    /// @param others the servers as one of them has them in its configuration
    static ServerNode writeOneMore(Path home, String id, List<ServerAddress> others)
            throws IOException {
        ClusterFiles files = new ClusterFiles(home, 0, ClusterSettings.named(id), new Wires());
        Address mine = new Address(id, free(), free());
        Path directory = Files.createDirectories(home.resolve(id));
        StringBuilder file =
                new StringBuilder(files.head(mine, directory.resolve("data"))).append("servers:\n");
        for (ServerAddress other : others) {
            file.append(
                    line(
                            new Address(
                                    other.id().value(),
                                    Endpoint.parse(other.api().toString()),
                                    Endpoint.parse(other.raft().toString()))));
        }
        file.append(line(mine));
        Files.writeString(directory.resolve("server.yaml"), file);
        return new ServerNode(id, directory, directory.resolve("data"), mine.api(), Map.of());
    }

    private ServerNode write(int server) throws IOException {
        Address address = addresses.get(server);
        Path directory = Files.createDirectories(home.resolve(address.id()));
        Path data = settings.disk(server).orElse(directory).resolve("data");
        StringBuilder file = new StringBuilder(head(address, data)).append("servers:\n");
        for (Address other : addresses) {
            file.append(line(asSeenBy(address, other)));
        }
        Files.writeString(directory.resolve("server.yaml"), file);
        return new ServerNode(address.id(), directory, data, address.api(), settings.environment());
    }

    private Address asSeenBy(Address from, Address to) throws IOException {
        return from.equals(to) || !settings.wired()
                ? to
                : new Address(
                        to.id(),
                        wires.lay(from.id(), to.id(), to.api()),
                        wires.lay(from.id(), to.id(), to.raft()));
    }

    private static String line(Address server) {
        return """
          - id: %s
            api: "%s"
            raft: "%s"
        """
                .formatted(server.id(), server.api(), server.raft());
    }

    private String head(Address server, Path data) {
        return """
        server: %s
        deployment: %s
        data: "%s"
        election:
          min-millis: 300
          max-millis: 600
        """
                .formatted(server.id(), home.getFileName(), data);
    }

    private static Endpoint free() {
        return new Endpoint(HOST, Ports.free());
    }
}
