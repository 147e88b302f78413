package io.staddle.server.backup;

import io.staddle.api.codec.BackupReader;
import io.staddle.api.v1.BackupHeader;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;
import io.staddle.statemachine.restore.RestoreProjection;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.LogPosition;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Makes the data directory of one server of a new deployment out of a backup.
///
/// What the old deployment gave out after the backup is not known, and it may have been restored
/// before. So everything that proves something is raised by 2^32 and by a millionth of a second for
/// each that has passed since: no deployment gives out a million epochs of anything in a second,
/// and a later restore of the same file is above an earlier one and all that came of it.
public final class Restore {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
    private static final long MARGIN = 1L << 32;
    private static final long MICROS_OF_MILLI = 1_000;
    private static final long BY_MAX = 1L << 52;

    private final ServerConfig config;
    private final Path file;
    private final Instant at;

    /// @param at the same for all servers, and later than at any restore of the same file before
    public Restore(ServerConfig config, Path file, Instant at) {
        this.config = config;
        this.file = file;
        this.at = at;
    }

    /// What came of it.
    ///
    /// @param by how much everything was raised
    /// @param position that of the state that the server begins with
    public record Restored(BackupHeader header, long by, LogPosition position) {}

    /// Does it. Whatever goes wrong, no data directory is left that a server would start on.
    ///
    /// @throws DataRefusedException if there is something in the directory, or the backup does not
    ///     fit the configuration, the version or the time
    /// @throws io.staddle.api.codec.BackupDamagedException if the file is no whole backup
    public Restored run() throws IOException {
        DataDirectory.requireUnused(config);
        try (BackupReader reader = BackupReader.open(file);
                Scratch scratch = Scratch.at(DataDirectory.backupsOf(config))) {
            BackupHeader header = reader.header();
            requireNewDeployment(header);
            requireKnownLevel(header);
            long by = by(header);
            Path tables = scratch.resolve("tables");
            LOG.info("unpacking {}", file);
            reader.readParts(name -> open(tables.resolve(name)), _ -> {});
            LOG.info("raising all epochs and fences by {}", by);
            Restored restored = raise(header, tables, by);
            RocksStore.handOver(tables, owner(header), Identity.ofTables(config.deployment()));
            DataDirectory.adopt(config, tables, mark(restored));
            return restored;
        }
    }

    private Restored raise(BackupHeader header, Path tables, long by) {
        try (RocksStore store =
                RocksStore.open(tables, Schema.TABLES, owner(header), Portrayal.SMALL)) {
            String found = store.verify().toString();
            if (!found.equals(header.getDigest()) || store.applied().index() != header.getIndex()) {
                throw new DataRefusedException(
                        "The state in %s has digest %s at index %d, not %s at %d"
                                .formatted(
                                        file,
                                        found,
                                        store.applied().index(),
                                        header.getDigest(),
                                        header.getIndex()),
                        "Use another backup");
            }
            LogPosition position = RestoreProjection.raise(store, by);
            BackupHeader now = header.toBuilder().setDigest(store.digest().toString()).build();
            return new Restored(now, by, position);
        }
    }

    private long by(BackupHeader header) {
        // Whichever clock was behind: the longer time is the safer one.
        long since =
                header.getLogicalMillis() == 0
                        ? header.getTakenMillis()
                        : Math.min(header.getTakenMillis(), header.getLogicalMillis());
        if (at.toEpochMilli() < header.getTakenMillis()) {
            throw new DataRefusedException(
                    "The backup is of %s, which is after %s"
                            .formatted(Instant.ofEpochMilli(header.getTakenMillis()), at),
                    "Set the clock of this machine, or say with --at what time it is");
        }
        long millis = at.toEpochMilli() - since;
        if (millis > (BY_MAX - MARGIN) / MICROS_OF_MILLI) {
            throw new DataRefusedException(
                    "From %s to %s are more than 140 years"
                            .formatted(Instant.ofEpochMilli(since), at),
                    "Set the clock of this machine, or say with --at what time it is");
        }
        return MARGIN + millis * MICROS_OF_MILLI;
    }

    /// Servers of the old deployment that still live, or come back, must never be taken for ones of
    /// the new.
    private void requireNewDeployment(BackupHeader header) {
        if (header.getDeployment().equals(config.deployment())) {
            throw new DataRefusedException(
                    "The backup is of deployment %s, and the configuration has the same name"
                            .formatted(config.deployment()),
                    "A restore makes a new deployment: give it another name, with the key"
                            + " deployment, on all of its servers");
        }
    }

    private static void requireKnownLevel(BackupHeader header) {
        if (header.getFeatureLevel() > Levels.NEWEST) {
            throw new DataRefusedException(
                    "The backup has feature level %d, this version knows %d"
                            .formatted(header.getFeatureLevel(), Levels.NEWEST),
                    "Use version " + header.getVersion() + " or a later one");
        }
    }

    private static StoreIdentity owner(BackupHeader header) {
        return Identity.ofTables(header.getDeployment());
    }

    private static String mark(Restored restored) {
        return restored.position().index() + " " + restored.header().getDigest();
    }

    private static OutputStream open(Path part) throws IOException {
        Files.createDirectories(part.getParent());
        return new BufferedOutputStream(Files.newOutputStream(part));
    }
}
