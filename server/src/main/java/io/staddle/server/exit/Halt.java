package io.staddle.server.exit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process at once, without shutdown hooks: what is in memory is not to be trusted, and
/// what was acknowledged is on the disks of a majority.
@FunctionalInterface
public interface Halt {
    /// Logs why and ends the process. Does not return in production; a test's may.
    void halt(ExitCode code, String why);

    /// Ends this process.
    Halt PROCESS = Halt::endProcess;

    private static void endProcess(ExitCode code, String why) {
        Logger log = LoggerFactory.getLogger(Halt.class);
        log.error("halting with exit code {}: {}", code.code(), why);
        Runtime.getRuntime().halt(code.code());
    }
}
