package io.staddle.it.kit;

import io.staddle.client.Endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes the configuration of each server of a cluster.
final class ClusterFiles {
    private static final String HOST = "127.0.0.1";

    private ClusterFiles() {}

    static List<ServerNode> write(Path home, int size, ClusterSettings settings)
            throws IOException {
        List<Endpoint> apis = new ArrayList<>();
        StringBuilder servers = new StringBuilder("servers:\n");
        for (int i = 0; i < size; i++) {
            Endpoint api = new Endpoint(HOST, Ports.free());
            Endpoint raft = new Endpoint(HOST, Ports.free());
            apis.add(api);
            servers.append("  - id: ").append(id(i)).append('\n');
            servers.append("    api: \"").append(api).append("\"\n");
            servers.append("    raft: \"").append(raft).append("\"\n");
        }
        List<ServerNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Path directory = Files.createDirectories(home.resolve(id(i)));
            Path data = settings.disk(i).orElse(directory).resolve("data");
            Files.writeString(directory.resolve("server.yaml"), head(i, data, home) + servers);
            nodes.add(new ServerNode(id(i), directory, data, apis.get(i), settings.environment()));
        }
        return List.copyOf(nodes);
    }

    private static String head(int server, Path data, Path home) {
        return """
        server: %s
        deployment: %s
        data: "%s"
        election:
          min-millis: 300
          max-millis: 600
        """
                .formatted(id(server), home.getFileName(), data);
    }

    private static String id(int server) {
        return "s" + (server + 1);
    }
}
