package io.staddle.fence.jdbc;

import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

/// A PostgreSQL of this machine, on a port and data of its own.
final class PostgresServer implements Database {
    private static final int SECONDS_MAX = 60;
    private static final String ANYBODY_BUT_ROOT = "nobody";

    private final Path programs;
    private final Path directory;
    private final int port;
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private PostgresServer(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        this.directory = Files.createTempDirectory("staddle-postgres-");
        this.port = freePort();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setUser("staddle");
        source.setDatabaseName("postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        run("initdb", "-U", "staddle", "-A", "trust", "-E", "UTF8", "--no-sync");
        control("start");
    }

    /// Starts one; where there is none, says so and has the test skipped.
    static PostgresServer startOrSkip() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            System.err.println("NOT TESTED: guards in PostgreSQL. This machine has none.");
            Assumptions.abort("this machine has no PostgreSQL");
        }
        return new PostgresServer(programs.orElseThrow());
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        control("stop");
        control("start");
    }

    @Override
    public void close() {
        try {
            control("stop");
            Directories.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void control(String verb) throws IOException, InterruptedException {
        String options =
                "-c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories= -p " + port;
        run("pg_ctl", verb, "-w", "-m", "immediate", "-o", options, "-l", directory + "/log");
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL does not run as root.
            command.addAll(List.of("runuser", "-u", ANYBODY_BUT_ROOT, "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of("-D", directory + "/data"));
        command.addAll(List.of(arguments));
        Path said = directory.resolve(program + ".out");
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + ": " + Files.readString(said));
        }
    }

    private static Optional<Path> programs() throws IOException {
        Stream<Path> searched =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        Path debian = Path.of("/usr/lib/postgresql");
        List<Path> versions = new ArrayList<>();
        if (Files.isDirectory(debian)) {
            try (Stream<Path> each = Files.list(debian)) {
                each.map(version -> version.resolve("bin")).forEach(versions::add);
            }
        }
        return Stream.concat(searched, versions.stream())
                .filter(bin -> Files.isExecutable(bin.resolve("pg_ctl")))
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
