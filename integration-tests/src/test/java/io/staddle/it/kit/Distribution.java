package io.staddle.it.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The distribution that the build made: tests of real servers run what users run.
public final class Distribution {
    private Distribution() {}

    /// Returns its directory.
    public static Path home() {
        Path home = root().resolve("deploy").resolve("target").resolve("staddle");
        if (!Files.isDirectory(home.resolve("lib/server"))) {
            throw new IllegalStateException(
                    "there are no jars of the server in " + home + ": build with mvn package");
        }
        return home;
    }

    /// Returns the root of the checkout.
    public static Path root() {
        return Path.of(System.getProperty("staddle.root", "..")).toAbsolutePath().normalize();
    }

    /// Returns the class path of a server, in the order that its AOT cache was made with.
    static String serverJars() {
        try (Stream<Path> jars = Files.list(home().resolve("lib/server"))) {
            return jars.map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
