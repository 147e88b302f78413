package io.staddle.cli.dev;

import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.Shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a server process is started: which Java, which options, which jars.
///
/// @param prefix the words of the command before the verb
/// @param classPath what `java` finds in its environment: as an option it would fill `ps`
record ServerCommand(List<String> prefix, String classPath) {
    private static final String MAIN = "io.staddle.server.StaddleServer";

    /// Three servers start at once, mostly on a machine with other work: the optimizing compiler
    /// would take more than a third of the CPU time until they serve, moving the AOT cache to an
    /// address of chance a tenth, and compiling at once what the training run compiled another
    /// tenth. The options for the latter two are the JVM's own affair: a later one may not know
    /// them.
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-XX:-AOTReplayTraining",
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
        words.add(aotCache(shell));
        words.addAll(FLAGS);
        // Last, because the last of two equal JVM options wins.
        shell.variable("STADDLE_SERVER_OPTS")
                .ifPresent(options -> Stream.of(options.strip().split("\\s+")).forEach(words::add));
        words.add(MAIN);
        return new ServerCommand(List.copyOf(words), classPath(shell));
    }

    /// Returns a process to start, its output appended to the server's log.
    ///
    /// @param format whether it is to create its data directory first
    ProcessBuilder run(DevServer server, boolean format) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of("run", "--config", server.config().toString()));
        if (format) {
            words.add("--format");
        }
        ProcessBuilder process = new ProcessBuilder(words);
        process.directory(server.directory().toFile());
        process.redirectErrorStream(true);
        process.redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()));
        Map<String, String> env = process.environment();
        NOT_SHARED.forEach(env::remove);
        env.put("CLASSPATH", classPath);
        return process;
    }

    private static String classPath(Shell shell) {
        Path jars = library(shell).resolve("server");
        try (Stream<Path> files = Files.list(jars)) {
            // The order of bin/staddle: with another one the JVM would not take the cache.
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw CliException.usage(
                    "the jars of the server were expected in " + jars.toAbsolutePath(),
                    "Start it as ./staddle dev or bin/staddle dev, which set STADDLE_HOME.");
        }
    }

    /// The JVM says in the server's log why it does not take the cache, and goes on without.
    private static String aotCache(Shell shell) {
        Path cache = library(shell).resolve("server.aot");
        return Files.isReadable(cache) ? "-XX:AOTCache=" + cache : "-XX:AOTMode=off";
    }

    private static Path library(Shell shell) {
        return Path.of(shell.variable("STADDLE_HOME").orElse(".")).resolve("lib");
    }
}
