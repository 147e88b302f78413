package io.staddle.server;

import io.staddle.api.codec.BackupDamagedException;
import io.staddle.api.v1.BackupHeader;
import io.staddle.server.admission.PeerInquiry;
import io.staddle.server.backup.Restore;
import io.staddle.server.backup.Salvage;
import io.staddle.server.config.ConfigException;
import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;
import io.staddle.server.exit.Damage;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Halt;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.RaftNode;
import io.staddle.statemachine.ratis.StampClock;
import io.staddle.storage.StoreRefusedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The server process: `format` creates its data directory, `restore` makes it out of a backup,
/// `run` runs it, and `salvage` saves what is in it when the quorum is lost. The exit codes are
/// those of [ExitCode].
public final class StaddleServer {
    private static final Logger LOG = LoggerFactory.getLogger(StaddleServer.class);

    /// Held, because the JDK forgets the level of a logger that nobody holds.
    private static final java.util.logging.Logger RATIS_TRANSPORT =
            java.util.logging.Logger.getLogger("org.apache.ratis.thirdparty");

    /// Hidden: what the build runs to make the AOT cache.
    private static final List<String> TRAINING = List.of("train-aot-cache");

    private StaddleServer() {}

    /// Runs a verb of the command line. Of `run` only a failure to start comes back here.
    public static void main(String[] args) {
        RATIS_TRANSPORT.setLevel(java.util.logging.Level.WARNING);
        List<String> words = List.of(args);
        ExitCode code = execute(words, System.getenv());
        if (code != ExitCode.OK) {
            // Not exit: parts that have started must not hold up the end.
            Runtime.getRuntime().halt(code.code());
        }
        if (words.equals(TRAINING)) {
            // Not halt: the JVM writes the cache when it exits.
            System.exit(code.code());
        }
    }

    /// Runs a verb and returns the exit code.
    static ExitCode execute(List<String> args, Map<String, String> environment) {
        try {
            if (args.equals(TRAINING)) {
                Training.run();
                return ExitCode.OK;
            }
            requireLogFormat(environment);
            Arguments arguments = Arguments.parse(args);
            ServerConfig config = ConfigFile.read(arguments.config(), environment);
            switch (arguments) {
                case Arguments.Format _ -> format(config);
                case Arguments.Run(_, var format) -> run(config, format);
                case Arguments.Restore(_, var file, var at) -> restore(config, file, at);
                case Arguments.Salvage(_, var file, _) -> salvage(config, file);
            }
            return ExitCode.OK;
        } catch (ConfigException e) {
            return refuse(ExitCode.USAGE, e);
        } catch (DataRefusedException | StoreRefusedException | BackupDamagedException e) {
            return refuse(ExitCode.DATA_REFUSED, e);
        } catch (IOException | RuntimeException | InterruptedException e) {
            LOG.error("the server could not start: {}", Damage.advice(e), e);
            return ExitCode.HALTED;
        }
    }

    /// Of a format that it does not know, the logger would write nothing.
    private static void requireLogFormat(Map<String, String> environment) {
        String format = environment.getOrDefault("STADDLE_LOG_FORMAT", "text");
        if (!LogSetup.FORMATS.contains(format)) {
            System.err.println("STADDLE_LOG_FORMAT must be text or json, is \"" + format + "\"");
            throw new ConfigException("STADDLE_LOG_FORMAT", "text or json", format);
        }
    }

    private static void format(ServerConfig config) {
        Identity identity = DataDirectory.format(config);
        LOG.info(
                "formatted {} for server {} of deployment {}, incarnation {}",
                config.data(),
                identity.server(),
                identity.deployment(),
                identity.incarnation());
    }

    private static void restore(ServerConfig config, Path file, Optional<Instant> given)
            throws IOException {
        Instant at = given.orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
        Restore.Restored restored = new Restore(config, file, at).run();
        LOG.info(
                "restored {} grains, as of index {} of deployment {}, into {} for server {} of"
                        + " deployment {}; all epochs and fences are raised by {}, history begins"
                        + " at index {}",
                restored.header().getGrains(),
                restored.header().getIndex(),
                restored.header().getDeployment(),
                config.data(),
                config.server(),
                config.deployment(),
                restored.by(),
                restored.position().index());
        LOG.info(
                "on each other server of the deployment, with its own settings: staddle backup"
                        + " restore FILE --config FILE --at {}",
                at);
    }

    private static void salvage(ServerConfig config, Path file) throws IOException {
        BackupHeader header = new Salvage(config, file, WallClock.ofProcess()).run();
        LOG.info(
                "salvaged {} grains, as of index {} of term {}, into {}. What only lost servers had"
                        + " is missing. Restore it as a new deployment: staddle backup restore",
                header.getGrains(),
                header.getIndex(),
                header.getTerm(),
                file);
    }

    private static void run(ServerConfig config, boolean format)
            throws IOException, InterruptedException {
        if (format) {
            format(config);
        }
        Halt.onErrors();
        OrderlyStop.onSigterm(start(config, Halt.PROCESS), Halt.PROCESS);
    }

    /// Starts a server on its data directory; with an empty log, once the others let it.
    static ServerProcess start(ServerConfig config, Halt halt)
            throws IOException, InterruptedException {
        return start(config, new StampClock(WallClock.ofProcess(), System::nanoTime), halt);
    }

    /// The same, with another clock.
    static ServerProcess start(ServerConfig config, StampClock clock, Halt halt)
            throws IOException, InterruptedException {
        DataDirectory data = DataDirectory.open(config);
        LOG.info(
                "server {} of deployment {} starts on {}",
                config.server(),
                config.deployment(),
                config.data());
        try {
            if (data.isFresh() && PeerInquiry.await(config, data.identity(), data.restored())) {
                data.noteStranger();
            }
        } catch (InterruptedException | RuntimeException noSeat) {
            data.close();
            throw noSeat;
        }
        Quorum quorum = RaftNode.start(config, data, clock, cause -> haltOn(cause, halt));
        return ServerProcess.start(config, data, quorum, halt);
    }

    private static void haltOn(Throwable cause, Halt halt) {
        LOG.error("storage, log or machine failed", cause);
        halt.halt(ExitCode.HALTED, Damage.advice(cause));
    }

    private static ExitCode refuse(ExitCode code, Exception why) {
        LOG.error("{}", why.getMessage());
        return code;
    }
}
