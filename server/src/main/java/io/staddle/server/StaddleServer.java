package io.staddle.server;

import io.staddle.server.admission.PeerInquiry;
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
import java.util.List;
import java.util.Map;

/// The server process: `format` creates its data directory, `run` runs it. The exit codes are those
/// of [ExitCode].
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
            Arguments arguments = Arguments.parse(args);
            ServerConfig config = ConfigFile.read(arguments.config(), environment);
            switch (arguments.verb()) {
                case FORMAT -> format(config);
                case RUN -> run(config);
            }
            return ExitCode.OK;
        } catch (ConfigException e) {
            return refuse(ExitCode.USAGE, e);
        } catch (DataRefusedException | StoreRefusedException e) {
            return refuse(ExitCode.DATA_REFUSED, e);
        } catch (IOException | RuntimeException | InterruptedException e) {
            LOG.error("the server could not start: {}", Damage.advice(e), e);
            return ExitCode.HALTED;
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

    private static void run(ServerConfig config) throws IOException, InterruptedException {
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
        if (data.isFresh()) {
            PeerInquiry.await(config, data.identity());
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
