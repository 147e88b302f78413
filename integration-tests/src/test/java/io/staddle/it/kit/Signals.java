package io.staddle.it.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// Runs small commands of the operating system.
final class Signals {
    private Signals() {}

    static void send(String signal, long pid) {
        if (!run("kill", "-" + signal, Long.toString(pid))) {
            throw new IllegalStateException("no signal " + signal + " to process " + pid);
        }
    }

    /// Runs a command; tells whether it ended well within 10 s.
    static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
