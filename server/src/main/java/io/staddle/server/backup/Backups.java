package io.staddle.server.backup;

import com.google.protobuf.ByteString;

import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.raft.Quorum;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes backups of a server that runs: one at a time.
public final class Backups {
    private static final String CHECKPOINT = "checkpoint";

    private final ServerConfig config;
    private final Path directory;
    private final Quorum quorum;
    private final AtomicBoolean busy = new AtomicBoolean();

    /// Where a backup goes.
    public interface Receiver {
        /// Takes the next piece; it may wait.
        ///
        /// @param fileBytes how long the whole file is
        void take(ByteString piece, long fileBytes) throws IOException;
    }

    /// Takes them of the state of `quorum`, in a directory of its own.
    public Backups(ServerConfig config, DataDirectory data, Quorum quorum) {
        this.config = config;
        this.directory = data.backups();
        this.quorum = quorum;
    }

    /// Takes one and hands it out. Commits go on meanwhile; it takes as long as it is waited for.
    ///
    /// @return false if another one is being taken
    /// @throws IOException if the disk fails, or the receiver
    public boolean save(Receiver receiver) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        try (Scratch scratch = Scratch.at(directory)) {
            Path checkpoint = scratch.resolve(CHECKPOINT);
            quorum.checkpoint(checkpoint);
            Archive archive =
                    Archive.of(
                            checkpoint,
                            Portrayal.of(checkpoint, config, quorum.clock().wall().millis())
                                    .build());
            long bytes = archive.bytes();
            Pace pace = new Pace();
            archive.writeTo(piece -> {
                receiver.take(piece, bytes);
                pace.after(piece.size());
            });
            return true;
        } finally {
            busy.set(false);
        }
    }
}
