package io.staddle.it.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a server process is started: from what Maven built, with the JDK that the tests run on.
///
/// Code is compiled by C1 only: tests start many servers and run none for long.
final class ServerJvm {
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dcom.linecorp.armeria.warnNettyVersions=false");

    private ServerJvm() {}

    /// Returns the root of the checkout.
    static Path root() {
        return Path.of(System.getProperty("staddle.root", "..")).toAbsolutePath().normalize();
    }

    static List<String> command(Path config) {
        Path target = root().resolve("server").resolve("target");
        Path libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException(
                    "there is no " + libraries + ": build the server with mvn package");
        }
        String classPath = target.resolve("classes") + File.pathSeparator + libraries.resolve("*");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", classPath, "io.staddle.server.StaddleServer"));
        command.addAll(List.of("run", "--config", config.toString()));
        return command;
    }
}
