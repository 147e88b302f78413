package io.staddle.server;

import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.exit.Halt;
import io.staddle.statemachine.ratis.StampClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A server in a process that does other things as well: for tests of what stands on Staddle.
///
/// In production a server has a process of its own, which ends when going on could do harm. Here
/// whoever started it is told instead, and is to close it.
public final class EmbeddedServer implements AutoCloseable {
    private final ServerProcess process;

    private EmbeddedServer(ServerProcess process) {
        this.process = process;
    }

    /// Starts a server, and creates its data directory if there is none. With an empty log it waits
    /// until all others of its quorum have started, so they are to be started at the same time.
    ///
    /// @param config its configuration; see [ConfigFile]
    /// @param wall the clock on the wall
    /// @param nanos a clock that never goes back; it goes on as `wall` does, or that has jumped
    /// @param halted is told why the process were to end
    public static EmbeddedServer start(
            Path config, InstantSource wall, LongSupplier nanos, Consumer<String> halted)
            throws IOException, InterruptedException {
        ServerConfig read = ConfigFile.read(config, Map.of());
        if (!Files.exists(read.data())) {
            DataDirectory.format(read);
        }
        Halt halt = (code, why) -> halted.accept(why);
        return new EmbeddedServer(StaddleServer.start(read, new StampClock(wall, nanos), halt));
    }

    /// Stops it in order: leadership is handed over, calls in flight finish.
    @Override
    public void close() {
        process.close();
    }
}
