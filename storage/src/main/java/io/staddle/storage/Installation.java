package io.staddle.storage;

import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes checkpoints and puts them in the place of a store's content.
final class Installation {
    private static final String FIRST_DATA = Marker.DATA_PREFIX + 1;

    private Installation() {}

    /// Writes a whole store of one commit of `rocks` to `target`.
    static LogPosition checkpoint(Rocks rocks, Path target, Marker marker) throws IOException {
        if (!Directories.names(target).isEmpty() || Files.exists(target)) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.NOT_EMPTY,
                    "nothing at " + target,
                    "something",
                    "choose another path");
        }
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        Directories.delete(temporary);
        Files.createDirectory(temporary);
        Path data = temporary.resolve(FIRST_DATA);
        rocks.enter();
        try (Checkpoint checkpoint = Checkpoint.create(rocks.db())) {
            checkpoint.createCheckpoint(data.toString());
        } catch (RocksDBException e) {
            throw RocksErrors.writing("a checkpoint to " + target, e);
        } finally {
            rocks.exit();
        }
        // Commits go on while the checkpoint is made: only it knows which one it holds.
        LogPosition position = inspect(data, marker, false);
        marker.in(FIRST_DATA).durableTo(position).write(temporary);
        Directories.rename(temporary, target);
        return position;
    }

    /// Puts a copy of the store at `checkpoint` in the place of what is in `dir`.
    static LogPosition install(Path checkpoint, Path dir, StoreIdentity expected)
            throws IOException {
        Marker marker = Marker.read(checkpoint, expected);
        requireReplaceable(dir, expected);
        Files.createDirectories(dir);
        String data = unusedData(dir);
        Directories.copy(checkpoint.resolve(marker.data()), dir.resolve(data));
        LogPosition position = inspect(dir.resolve(data), marker, true);
        // The one step that counts: before it the old content is the store's, after it the new.
        marker.in(data).write(dir);
        Directories.syncParent(dir);
        sweep(dir, data);
        return position;
    }

    /// Deletes what cut-off installations left in the directory of a store.
    static void sweep(Path dir, String data) throws IOException {
        for (String name : Directories.names(dir)) {
            if (Marker.isOurs(name) && !name.equals(Marker.FILE) && !name.equals(data)) {
                Directories.delete(dir.resolve(name));
            }
        }
    }

    private static void requireReplaceable(Path dir, StoreIdentity expected) throws IOException {
        List<String> names = Directories.names(dir);
        if (names.contains(Marker.FILE)) {
            Marker.read(dir, expected);
        } else if (!names.stream().allMatch(Marker::isOurs)) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.UNMARKED,
                    "a store, or nothing, to replace in " + dir,
                    names.toString(),
                    "check the path; delete these if they are not needed");
        }
    }

    private static String unusedData(Path dir) {
        int number = 1;
        while (Files.exists(dir.resolve(Marker.DATA_PREFIX + number))) {
            number++;
        }
        return Marker.DATA_PREFIX + number;
    }

    /// Opens a database without writing to it, and returns the position of its commit.
    ///
    /// @param verify whether to read all files and check their checksums
    static LogPosition inspect(Path data, Marker marker, boolean verify) throws IOException {
        Rocks rocks =
                Rocks.open(
                        data, Rocks.Mode.READ, marker.rawTables(), StoreOptions.DEFAULTS, _ -> {});
        try {
            if (verify) {
                rocks.verifyChecksums();
            }
            LogPosition position = rocks.requireMeta().applied();
            marker.requireDurable(data, position);
            return position;
        } finally {
            rocks.shut();
            Files.deleteIfExists(data.resolve("LOG")); // of this reading; says nothing
        }
    }
}
