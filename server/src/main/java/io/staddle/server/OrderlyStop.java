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

    private final Runnable close;
    private final Duration patience;
    private final Runnable ended;
    private final Halt halt;

    /// @param close stops everything
    /// @param ended ends the process, with exit code 0
    /// @param halt ends it if closing took longer than `patience`
    OrderlyStop(Runnable close, Duration patience, Runnable ended, Halt halt) {
        this.close = close;
        this.patience = patience;
        this.ended = ended;
        this.halt = halt;
    }

    static void onSigterm(ServerProcess process, Halt halt) {
        // Not by itself: the JVM would exit with the number of the signal.
        Runnable ended = () -> Runtime.getRuntime().halt(ExitCode.OK.code());
        OrderlyStop stop = new OrderlyStop(process::close, PATIENCE, ended, halt);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("orderly-stop").unstarted(stop::run));
    }

    void run() {
        Thread closing = Thread.ofPlatform().daemon().name("stop").start(close);
        try {
            if (closing.join(patience)) {
                ended.run();
                return;
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted while stopping");
        }
        halt.halt(
                ExitCode.HALTED,
                "the orderly stop took longer than " + patience.toMillis() + " ms");
    }
}
