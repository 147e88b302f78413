package io.staddle.server.exit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// Ends the process at once, without shutdown hooks: what is in memory is not to be trusted, and
/// what was acknowledged is on the disks of a majority.
@FunctionalInterface
public interface Halt {
    /// Logs why and ends the process. Does not return in production; a test's may.
    void halt(ExitCode code, String why);

    /// Ends this process.
    Halt PROCESS = Halt::endProcess;

    /// Has this process end when an [Error] ends one of its threads: what the thread was for would
    /// never be done again. Exceptions are only logged.
    static void onErrors() {
        Thread.setDefaultUncaughtExceptionHandler(Halt::uncaught);
    }

    private static void uncaught(Thread thread, Throwable failure) {
        Logger log = LoggerFactory.getLogger(Halt.class);
        log.error("thread {} has ended", thread.getName(), failure);
        if (failure instanceof Error) {
            PROCESS.halt(ExitCode.HALTED, "thread " + thread.getName() + " has failed: " + failure);
        }
    }

    private static void endProcess(ExitCode code, String why) {
        Thread.ofPlatform().daemon().name("halt").start(() -> endSoon(code));
        Logger log = LoggerFactory.getLogger(Halt.class);
        log.error("halting with exit code {}: {}", code.code(), why);
        Runtime.getRuntime().halt(code.code());
    }

    /// A log that cannot be written must not keep the process alive.
    private static void endSoon(ExitCode code) {
        try {
            Thread.sleep(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code.code());
    }
}
