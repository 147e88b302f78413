package io.staddle.server.data;

import io.staddle.server.config.ServerConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory with all that a server keeps, locked for this process until closed.
///
/// ```
/// data/identity   whose it is                       written by format, once
/// data/lock       locked while a server runs on it
/// data/raft/      the replicated log                created by the first run
/// data/state/     the tables and their snapshots    created by the first run, or by a restore
/// data/backup/    a backup that is being taken      gone when it is taken
/// data/restored   which state the tables began with written by a restore, once
/// data/stranger   it began beside a quorum that runs: who is in it, the log says
/// ```
public final class DataDirectory implements AutoCloseable {
    private static final String IDENTITY = "identity";
    private static final String STATE = "state";
    private static final String BACKUP = "backup";
    private static final String RESTORED = "restored";
    private static final String STRANGER = "stranger";
    private static final String LOST =
            "If this server never ran, create it with: staddle server format --config FILE. If it"
                    + " ran, its disk is lost or not mounted: mount it, or replace the server"
                    + " (docs/operations.md). Starting it empty could lose acknowledged data";

    private final Path root;
    private final Identity identity;
    private final FileChannel lock;

    private DataDirectory(Path root, Identity identity, FileChannel lock) {
        this.root = root;
        this.identity = identity;
        this.lock = lock;
    }

    /// Creates the directory of a server that never ran, and its identity.
    ///
    /// @throws DataRefusedException if there is anything in it
    public static Identity format(ServerConfig config) {
        Path root = config.data();
        Identity identity = Identity.create(config);
        try {
            Files.createDirectories(root);
            if (!isEmpty(root)) {
                throw new DataRefusedException(
                        "The data directory " + root + " is not empty: nothing was changed",
                        "Format only for a server that never ran; to run on what is there:"
                                + " staddle server run --config FILE");
            }
            setPrivate(root);
            write(root, identity);
            return identity;
        } catch (IOException e) {
            throw new DataRefusedException(
                    "Cannot create the data directory " + root + ": " + e,
                    "Check that this user may write there",
                    e);
        }
    }

    /// Creates the directory of a server of a new deployment, with tables that were restored.
    ///
    /// @param tables are moved; on the same disk, as below [#backupsOf]
    /// @param restored says which state they are: the same on all servers
    /// @throws DataRefusedException if there is anything else in it
    public static Identity adopt(ServerConfig config, Path tables, String restored) {
        Path root = config.data();
        requireUnused(config);
        Identity identity = Identity.create(config);
        try {
            setPrivate(root);
            Files.move(tables, root.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(root.resolve(RESTORED), restored + "\n");
            force(root.resolve(RESTORED), StandardOpenOption.WRITE);
            write(root, identity);
            return identity;
        } catch (IOException e) {
            throw new DataRefusedException(
                    "Cannot create the data directory " + root + ": " + e,
                    "Delete what is in it, and check that this user may write there",
                    e);
        }
    }

    /// Refuses a directory with anything in it but what a restore that was cut off left.
    public static void requireUnused(ServerConfig config) {
        Path root = config.data();
        try (Stream<Path> content = Files.exists(root) ? Files.list(root) : Stream.empty()) {
            if (content.anyMatch(path -> !path.getFileName().toString().equals(BACKUP))) {
                throw new DataRefusedException(
                        "The data directory " + root + " is not empty: nothing was changed",
                        "Restore into a new directory; delete this one only if nothing in it is"
                                + " needed");
            }
        } catch (IOException e) {
            throw new DataRefusedException(
                    "Cannot read the data directory " + root + ": " + e,
                    "Check the disk, and that this user may read and write there",
                    e);
        }
    }

    /// Returns where a backup of a server is taken or unpacked; it may not exist yet.
    public static Path backupsOf(ServerConfig config) {
        return config.data().resolve(BACKUP);
    }

    /// Opens the directory of a server and locks it.
    ///
    /// @throws DataRefusedException if it is missing, empty, not formatted, of another server or
    ///     deployment, or in use
    public static DataDirectory open(ServerConfig config) {
        Path root = config.data();
        try {
            requireFormatted(root);
            Identity identity = read(root);
            requireMine(config, identity);
            return new DataDirectory(root, identity, lock(root));
        } catch (IOException e) {
            throw new DataRefusedException(
                    "Cannot read the data directory " + root + ": " + e,
                    "Check the disk, and that this user may read and write there",
                    e);
        }
    }

    /// Returns whose data this is.
    public Identity identity() {
        return identity;
    }

    /// Returns where the replicated log is kept; it may not exist yet.
    public Path raft() {
        return root.resolve("raft");
    }

    /// Returns where the tables are kept; it may not exist yet.
    public Path state() {
        return root.resolve(STATE);
    }

    /// Returns where a backup that is being taken is kept; it may not exist yet.
    public Path backups() {
        return root.resolve(BACKUP);
    }

    /// Returns which state the tables began with; empty if they come from no backup.
    public String restored() {
        Path file = root.resolve(RESTORED);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Notes that its server began beside a quorum that runs, and that it is not in.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public void noteStranger() {
        Path file = root.resolve(STRANGER);
        try {
            Files.writeString(file, "");
            force(file, StandardOpenOption.WRITE);
            force(root, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Tells whether its server began beside a quorum that it was not in.
    public boolean isStranger() {
        return Files.exists(root.resolve(STRANGER));
    }

    /// Tells whether no server ever ran on it: it has no log.
    public boolean isFresh() {
        try {
            return !Files.exists(raft()) || isEmpty(raft());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Counts the bytes of all files. Walks over all of them.
    public long bytes() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.mapToLong(DataDirectory::size).sum();
        } catch (IOException | UncheckedIOException gone) {
            // RocksDB and Ratis delete files all the time: better no figure than a failure.
            return 0;
        }
    }

    /// Unlocks it.
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireFormatted(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new DataRefusedException("The data directory " + root + " is missing", LOST);
        }
        if (isEmpty(root)) {
            throw new DataRefusedException("The data directory " + root + " is empty", LOST);
        }
        if (!Files.isRegularFile(root.resolve(IDENTITY))) {
            throw new DataRefusedException(
                    "The data directory "
                            + root
                            + " has files but no identity: half copied, half"
                            + " wiped, or not Staddle's at all",
                    "Check the key data in the configuration. " + LOST);
        }
    }

    private static Identity read(Path root) throws IOException {
        Path file = root.resolve(IDENTITY);
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (java.nio.charset.CharacterCodingException damaged) {
            lines = List.of();
        }
        Optional<Identity> identity = Identity.parse(lines);
        return identity.orElseThrow(() ->
                new DataRefusedException(
                        "The identity " + file + " is damaged, or of a newer Staddle",
                        "Restore that file from a copy, or replace the server"));
    }

    private static void requireMine(ServerConfig config, Identity identity) {
        boolean mine =
                identity.deployment().equals(config.deployment())
                        && identity.server().equals(config.server());
        if (!mine) {
            throw new DataRefusedException(
                    "The data directory %s belongs to server %s of deployment %s, not to %s of %s"
                            .formatted(
                                    config.data(),
                                    identity.server(),
                                    identity.deployment(),
                                    config.server(),
                                    config.deployment()),
                    "Check the keys data, server and deployment in the configuration");
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel).isEmpty()) {
            channel.close();
            throw new DataRefusedException(
                    "The data directory " + root + " is in use by another server process",
                    "Stop that process first");
        }
        return channel;
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException thisProcess) {
            return Optional.empty();
        }
    }

    private static void write(Path root, Identity identity) throws IOException {
        // Whole or not at all: a torn identity would be taken for damage.
        Path draft = root.resolve(IDENTITY + ".new");
        Files.write(draft, identity.lines());
        force(draft, StandardOpenOption.WRITE);
        Files.move(draft, root.resolve(IDENTITY));
        force(root, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private static void setPrivate(Path root) throws IOException {
        if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            return content.findAny().isEmpty();
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
