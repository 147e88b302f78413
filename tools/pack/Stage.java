import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/// A directory with what a package will have.
final class Stage {
    /// What jars of the server and the CLI ask for (`jdeps -s`), and after that what operators do:
    /// `jcmd`, flight recordings, JMX, agents.
    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.sql",
                    "java.xml",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.unsupported",
                    "java.instrument",
                    "jdk.jcmd",
                    "jdk.management.agent");

    private final Path distribution;
    private final Path systemd;
    private final Path directory;

    Stage(Path deploy, Path directory) {
        this.distribution = deploy.resolve("target/staddle");
        this.systemd = deploy.resolve("systemd");
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /// Copies the distribution, without what is for the files of one machine only: AOT caches.
    void copy(Natives natives) throws IOException {
        delete();
        try (Stream<Path> files = Files.walk(distribution)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = distribution.relativize(file);
                if (!isOfThisMachine(name) && natives.wants(file)) {
                    copy(file, directory.resolve(name), natives);
                }
            }
        }
        try (Stream<Path> files = Files.list(systemd)) {
            for (Path file : files.toList()) {
                copy(file, directory.resolve("systemd").resolve(file.getFileName()), natives);
            }
        }
    }

    /// Links a runtime of the JDK that runs this, with what is needed of it, into `runtime`, where
    /// `bin/staddle` looks first. In a process of its own: in this one its bytes would differ from
    /// one time to the next.
    void link() throws IOException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        Process process =
                new ProcessBuilder(
                                jlink.toString(),
                                "--output",
                                directory.resolve("runtime").toString(),
                                "--add-modules",
                                String.join(",", MODULES),
                                "--no-header-files",
                                "--no-man-pages",
                                "--generate-cds-archive")
                        .inheritIO()
                        .start();
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(jlink + " ended with " + status);
        }
    }

    private static boolean isOfThisMachine(Path name) {
        return name.toString().endsWith(".aot") || name.toString().equals("built");
    }

    private static void copy(Path file, Path to, Natives natives) throws IOException {
        Files.createDirectories(to.getParent());
        if (Natives.isMixed(file)) {
            natives.trim(file, to);
        } else {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                            throws IOException {
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
