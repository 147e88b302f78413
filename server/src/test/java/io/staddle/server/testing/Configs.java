package io.staddle.server.testing;

import io.staddle.server.config.CallerLimits;
import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.Limits;
import io.staddle.server.config.ServerConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Configurations for tests.
public final class Configs {
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Configs() {}

    /// A server alone that is never started.
    public static ServerConfig alone() {
        try {
            return alone(Files.createTempDirectory("staddle"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server alone, on free ports, with its data in `directory/data`.
    public static ServerConfig alone(Path directory) {
        return read(directory, yaml(directory));
    }

    /// What [#alone] is read from.
    public static String yaml(Path directory) {
        return """
        server: s1
        deployment: test
        data: %s
        servers:
          - id: s1
            api: 127.0.0.1:%d
            raft: 127.0.0.1:%d
        """
                .formatted(directory.resolve("data"), freePort(), freePort());
    }

    /// Three servers on free ports, with their data in `directory/s1` and so on.
    public static List<ServerConfig> three(Path directory) {
        StringBuilder servers = new StringBuilder("servers:\n");
        for (int i = 1; i <= 3; i++) {
            servers.append("  - id: s%d\n    api: 127.0.0.1:%d\n".formatted(i, freePort()));
            servers.append("    raft: 127.0.0.1:%d\n".formatted(freePort()));
        }
        return IntStream.rangeClosed(1, 3)
                .mapToObj(
                        i -> "server: s" + i + "\ndeployment: test\ndata: " + directory + "/s" + i)
                .map(head -> head + "\n" + servers)
                .map(yaml -> read(directory, yaml))
                .toList();
    }

    /// Reads a configuration.
    public static ServerConfig read(Path directory, String yaml) {
        try {
            Path file = directory.resolve("staddle.yaml");
            Files.writeString(file, yaml);
            return ConfigFile.read(file, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Small limits: 10 commands in all, 4 in an entry, 2 entries.
    public static Limits smallLimits() {
        return limits(10, 0);
    }

    /// The same, but with so much in flight, of which so much is kept for what has to go on.
    public static Limits limits(int commandsInFlight, int vitalPercent) {
        CallerLimits callers = new CallerLimits(100, 100, 100, 100);
        return new Limits(
                commandsInFlight,
                1_000L * commandsInFlight,
                10,
                4,
                1_000,
                2,
                1,
                10,
                1_000,
                100,
                1_000,
                vitalPercent,
                callers,
                0);
    }

    /// The kernel may give a port again as soon as it is free: here none comes twice.
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            return GIVEN.add(port) ? port : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
