package io.staddle.statemachine.ratis;

import io.staddle.storage.LogPosition;

import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.apache.ratis.util.FileUtils;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The snapshots that Ratis knows: one directory each, `snapshot.TERM_INDEX`, with a checkpoint of
/// the store. Ratis sends them to a follower file by file.
final class CheckpointStorage implements StateMachineStorage {
    private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
    private static final String MD5 = ".md5";

    /// One is sent to a follower while the next is taken.
    private static final int KEPT = 2;

    private volatile Path directory = Path.of("");
    private volatile Optional<SnapshotInfo> latest = Optional.empty();

    /// A snapshot and where it is.
    record Snapshot(LogPosition position, Path path) {}

    @Override
    public void init(RaftStorage storage) {
        directory = storage.getStorageDir().getStateMachineDir().toPath();
        refresh();
    }

    /// Looks again at what there is, as after a snapshot was taken or installed.
    void refresh() {
        latest = newest().map(CheckpointStorage::info);
    }

    /// Returns the directory for the snapshot of a position.
    Path path(LogPosition position) {
        return directory.resolve("snapshot." + position.term() + "_" + position.index());
    }

    /// Returns the index of the newest snapshot as of the last [#refresh]; -1 for none. Asks no
    /// disk.
    long newestIndex() {
        return latest.map(SnapshotInfo::getIndex).orElse(-1L);
    }

    /// Returns the newest snapshot.
    Optional<Snapshot> newest() {
        return all().stream().findFirst();
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return latest.orElse(null);
    }

    @Override
    public void format() {
        // The store is formatted by whoever creates the data directory, never here.
    }

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        for (Snapshot old : all().stream().skip(KEPT).toList()) {
            FileUtils.deleteFully(old.path());
        }
    }

    @Override
    public @Nullable File getSnapshotDir() {
        return null; // the state machine's directory, as Ratis chooses by itself
    }

    @Override
    public @Nullable File getTmpDir() {
        return null; // likewise
    }

    /// The newest first.
    private List<Snapshot> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.flatMap(path -> snapshot(path).stream())
                    .sorted(Comparator.comparing(Snapshot::position).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Snapshot> snapshot(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                ? Optional.of(
                        new Snapshot(
                                new LogPosition(
                                        Long.parseLong(name.group(1)),
                                        Long.parseLong(name.group(2))),
                                path))
                : Optional.empty();
    }

    private static SnapshotInfo info(Snapshot snapshot) {
        try (Stream<Path> files = Files.walk(snapshot.path())) {
            List<FileInfo> list =
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(MD5))
                            .sorted()
                            .map(file -> new FileInfo(file, null))
                            .toList();
            LogPosition position = snapshot.position();
            return new FileListSnapshotInfo(list, position.term(), position.index());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
