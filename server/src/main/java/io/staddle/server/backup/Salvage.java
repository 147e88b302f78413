package io.staddle.server.backup;

import io.staddle.api.codec.BackupReader;
import io.staddle.api.codec.BackupWriter;
import io.staddle.api.v1.BackupHeader;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;
import io.staddle.statemachine.ratis.LiveStore;
import io.staddle.statemachine.ratis.SurvivingLog;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// Makes a backup out of the data directory of a server that does not run: of its tables, and of
/// all that is in its log behind them, whether it was committed or not.
///
/// For a quorum that is lost. The data directory stays as it is.
public final class Salvage {
    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    private final ServerConfig config;
    private final Path file;
    private final InstantSource clock;

    /// @param file must not exist
    public Salvage(ServerConfig config, Path file, InstantSource clock) {
        this.config = config;
        this.file = file;
        this.clock = clock;
    }

    /// Does it.
    ///
    /// @throws DataRefusedException if a server runs on the directory, or it is not the server's,
    ///     or there is nothing in it
    public BackupHeader run() throws IOException {
        if (Files.exists(file)) {
            throw new DataRefusedException(
                    file + " is there already", "Give another name, or move it away");
        }
        try (DataDirectory data = DataDirectory.open(config);
                Scratch scratch = Scratch.at(data.backups())) {
            Path copy = scratch.resolve("checkpoint");
            copyTables(data, copy);
            applyLog(data, copy);
            BackupHeader.Builder header = Portrayal.of(copy, config, clock.millis());
            Archive archive = Archive.of(copy, header.setSalvaged(true).build());
            return BackupWriter.write(
                    file,
                    to -> archive.writeTo(piece -> piece.writeTo(to)),
                    written -> BackupReader.verify(written, _ -> {}));
        }
    }

    private void copyTables(DataDirectory data, Path copy) {
        if (!LiveStore.exists(data.state())) {
            throw new DataRefusedException(
                    "There are no tables in " + data.state(),
                    "Look at the disks of the other servers, or use the newest backup");
        }
        try (LiveStore store = LiveStore.open(data.state(), owner(), Portrayal.SMALL)) {
            store.checkpoint(copy);
        }
    }

    private void applyLog(DataDirectory data, Path copy) throws IOException {
        try (RocksStore store = RocksStore.open(copy, Schema.TABLES, owner(), Portrayal.SMALL)) {
            LOG.info("the tables are those of {}", store.applied());
            int entries = SurvivingLog.apply(data.raft(), store);
            LOG.info("{} entries of the log are behind them, to {}", entries, store.applied());
            if (store.applied().index() < 0) {
                throw new DataRefusedException(
                        "This server has nothing: no command ever came to it",
                        "Look at the disks of the other servers, or use the newest backup");
            }
            store.verify();
        }
    }

    private StoreIdentity owner() {
        return Identity.ofTables(config.deployment());
    }
}
