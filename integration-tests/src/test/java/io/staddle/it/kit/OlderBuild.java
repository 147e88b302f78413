package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// An older build of the server: this one without its newest feature level.
///
/// With `-Dstaddle.test.older=DIRECTORY` it is another distribution, of an older version.
public final class OlderBuild {
    private static final Path LEVELS =
            Path.of(
                    "ratis-statemachine/src/main/java/io/staddle/statemachine/state",
                    "Levels.java");

    private OlderBuild() {}

    /// Returns its class path.
    ///
    /// @param newest the highest level that it has
    /// @param directory where to put what it differs in
    public static String classPath(int newest, Path directory) {
        String other = System.getProperty("staddle.test.older", "");
        try {
            return other.isEmpty()
                    ? compiled(newest, directory) + File.pathSeparator + Distribution.serverJars()
                    : jars(Path.of(other, "lib", "server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path compiled(int newest, Path directory) throws IOException {
        String source = Files.readString(Distribution.root().resolve(LEVELS));
        String older = source.replace("return MEMBERS;", "return " + newest + ";");
        assertThat(older).as("the newest level is replaced").isNotEqualTo(source);
        Path file = Files.createDirectories(directory).resolve("Levels.java");
        Files.writeString(file, older);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code =
                compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-nowarn",
                        "-cp",
                        Distribution.serverJars(),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertThat(code).as("javac").isZero();
        return classes;
    }

    private static String jars(Path directory) throws IOException {
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
