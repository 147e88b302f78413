package io.staddle.server;

import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Halt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// Stops a server on SIGTERM and SIGINT, with exit code 0, and halts it if that takes too long.
final class OrderlyStop {
    private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private OrderlyStop() {}

    static void onSigterm(ServerProcess process, Halt halt) {
        Thread hook = Thread.ofPlatform().name("orderly-stop").unstarted(() -> stop(process, halt));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void stop(ServerProcess process, Halt halt) {
        Thread stop = Thread.ofPlatform().daemon().name("stop").start(process::close);
        try {
            if (stop.join(PATIENCE)) {
                // Else the JVM would exit with the number of the signal.
                Runtime.getRuntime().halt(ExitCode.OK.code());
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted while stopping");
        }
        halt.halt(
                ExitCode.HALTED,
                "the orderly stop took longer than " + PATIENCE.toSeconds() + " s");
    }
}
