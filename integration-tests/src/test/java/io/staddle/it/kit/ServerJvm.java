package io.staddle.it.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a server process is started: from the distribution, with the JDK that the tests run on.
///
/// Code is compiled by C1 only, and the cache lies where it was made for, so that nothing in it has
/// to be moved: tests start many servers and run none for long.
final class ServerJvm {
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-XX:-AOTReplayTraining",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dcom.linecorp.armeria.warnNettyVersions=false");

    private ServerJvm() {}

    /// Returns a process to start.
    ///
    /// @param more flags of the JVM, beside the usual ones
    static ProcessBuilder process(Path config, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:AOTCache=" + Distribution.home().resolve("lib/server.aot"));
        command.addAll(FLAGS);
        command.addAll(more);
        command.add("io.staddle.server.StaddleServer");
        command.addAll(List.of("run", "--config", config.toString()));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("CLASSPATH", Distribution.serverJars());
        return process;
    }
}
