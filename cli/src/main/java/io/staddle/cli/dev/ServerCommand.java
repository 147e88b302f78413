package io.staddle.cli.dev;

import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.Shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How a server process is started: which Java, which jars, which options.
record ServerCommand(List<String> prefix) {
    private static final String MAIN = "io.staddle.server.StaddleServer";

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dcom.linecorp.armeria.warnNettyVersions=false");

    /// Settings of one server, which must not come from the environment of all three.
    private static final List<String> NOT_SHARED =
            List.of("STADDLE_SERVER", "STADDLE_DATA", "STADDLE_API", "STADDLE_RAFT");

    /// Finds it out.
    ///
    /// @throws CliException if the jars of the server cannot be found
    static ServerCommand of(Shell shell) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        // Last, because the last of two equal JVM options wins.
        shell.variable("STADDLE_SERVER_OPTS")
                .ifPresent(options -> Stream.of(options.strip().split("\\s+")).forEach(words::add));
        words.add("-cp");
        words.add(classPath(shell));
        words.add(MAIN);
        return new ServerCommand(List.copyOf(words));
    }

    /// Returns a process to start, its output appended to the server's log.
    ProcessBuilder process(String verb, DevServer server) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(verb, "--config", server.config().toString()));
        ProcessBuilder process = new ProcessBuilder(words);
        process.directory(server.directory().toFile());
        process.redirectErrorStream(true);
        process.redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()));
        Map<String, String> env = process.environment();
        NOT_SHARED.forEach(env::remove);
        return process;
    }

    private static String classPath(Shell shell) {
        // Tests run from the build's own class path.
        Optional<String> named = shell.variable("STADDLE_SERVER_CLASSPATH");
        if (named.isPresent()) {
            return named.get();
        }
        Path home = Path.of(shell.variable("STADDLE_HOME").orElse("."));
        Path jars = home.resolve("lib").resolve("server");
        if (!Files.isDirectory(jars)) {
            throw CliException.usage(
                    "the jars of the server were expected in " + jars.toAbsolutePath(),
                    "Start it as ./staddle dev or bin/staddle dev, which set STADDLE_HOME.");
        }
        return home.resolve("conf") + java.io.File.pathSeparator + jars + "/*";
    }
}
