package io.staddle.server;

import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Three servers on loopback, for [Training].
final class TrainingSite {
    private static final int SERVERS = 3;

    private TrainingSite() {}

    /// Writes their configurations, on free ports, and reads them as servers do.
    static List<ServerConfig> configure(Path directory) throws IOException {
        String servers = servers();
        List<ServerConfig> configs = new ArrayList<>();
        for (int n = 1; n <= SERVERS; n++) {
            Path file = directory.resolve("s" + n + ".yaml");
            Files.writeString(
                    file,
                    """
                    server: s%d
                    deployment: training
                    data: "%s"
                    %s\
                    """
                            .formatted(n, directory.resolve("s" + n), servers));
            configs.add(ConfigFile.read(file, Map.of()));
        }
        return List.copyOf(configs);
    }

    private static String servers() throws IOException {
        List<Integer> ports = freePorts(2 * SERVERS);
        StringBuilder yaml = new StringBuilder("servers:\n");
        for (int n = 1; n <= SERVERS; n++) {
            yaml.append("  - id: s").append(n).append('\n');
            yaml.append("    api: 127.0.0.1:").append(ports.get(2 * n - 2)).append('\n');
            yaml.append("    raft: 127.0.0.1:").append(ports.get(2 * n - 1)).append('\n');
        }
        return yaml.toString();
    }

    /// Held all together, so that they differ.
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
