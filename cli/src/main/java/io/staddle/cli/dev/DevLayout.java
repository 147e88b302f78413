package io.staddle.cli.dev;

import io.staddle.cli.shell.CliException;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where the three servers listen and keep their files.
///
/// @param directory absolute; `server-1` to `server-3` are in it
/// @param basePort the API port of server 1; the others follow, Raft's are 100 above
record DevLayout(Path directory, int basePort) {
    static final int SERVERS = 3;
    static final int DEFAULT_BASE_PORT = 7400;

    private static final int RAFT_OFFSET = 100;
    private static final int PORT_MAX = 65_535 - RAFT_OFFSET - SERVERS;

    DevLayout {
        if (basePort < 1_024 || basePort > PORT_MAX) {
            throw CliException.usage(
                    "--base-port must be 1024 to " + PORT_MAX + ", but is " + basePort,
                    "Ports P, P+1, P+2 and P+100, P+101, P+102 are used.");
        }
        directory = directory.toAbsolutePath().normalize();
    }

    List<DevServer> servers() {
        return IntStream.rangeClosed(1, SERVERS).mapToObj(this::server).toList();
    }

    DevServer server(int number) {
        if (number < 1 || number > SERVERS) {
            throw CliException.usage(
                    "--only must be 1, 2 or 3, but is " + number, "Name one of the three servers.");
        }
        int ordinal = number - 1;
        return new DevServer(
                number,
                directory.resolve("server-" + number),
                basePort + ordinal,
                basePort + RAFT_OFFSET + ordinal);
    }

    /// Returns a path as the user would write it: from the working directory, if it is below it.
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }

    /// Returns what clients connect to.
    String endpoints() {
        return servers().stream().map(DevServer::api).collect(Collectors.joining(","));
    }

    /// Returns the configuration of a server as the file that it reads.
    String yaml(DevServer server) {
        String servers =
                servers().stream()
                        .map(each ->
                                """
                                  - id: %s
                                    api: %s
                                    raft: %s
                                """
                                        .formatted(each.id(), each.api(), each.raft()))
                        .collect(Collectors.joining());
        String data = server.data().toString().replace("\\", "\\\\").replace("\"", "\\\"");
        return """
        # Written by `staddle dev` at every start.
        server: %s
        deployment: dev
        data: "%s"
        console:
          operate: true
        servers:
        """
                        .formatted(server.id(), data)
                + servers;
    }
}
