package io.staddle.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Small recurring work, on one thread.
final class Ticks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

    private final ScheduledExecutorService thread;

    /// Names the thread.
    Ticks(String name) {
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Runs `work` every `period`. A failure is logged and does not end it.
    void every(Duration period, Runnable work) {
        repeat(() -> period, work);
    }

    /// Runs `work` again and again, and after each time waits as long as `pause` says.
    void repeat(Supplier<Duration> pause, Runnable work) {
        next(Duration.ZERO, pause, work);
    }

    private void next(Duration wait, Supplier<Duration> pause, Runnable work) {
        if (!thread.isShutdown()) {
            var _ =
                    thread.schedule(
                            () -> {
                                run(work);
                                next(pause.get(), pause, work);
                            },
                            wait.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("recurring work failed", e);
        } catch (Error e) {
            // The executor would keep it, and never run this work again.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            throw e;
        }
    }
}
