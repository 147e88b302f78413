package io.staddle.cli.transfer;

import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Shell;

import java.time.Duration;
import java.util.Locale;

/// Shows on a terminal how far an import has got; on anything else it shows nothing.
final class ProgressBar {
    private static final long NANOS_BETWEEN = 100_000_000;
    private static final int WIDTH = 24;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Shell shell;
    private final long total;
    private final long start;
    private final long startNanos = System.nanoTime();
    private long drawnNanos = startNanos;
    private boolean drawn;

    /// Creates it.
    ///
    /// @param total of the input in bytes; 0 if unknown
    /// @param start where it begins, in bytes
    ProgressBar(Shell shell, long total, long start) {
        this.shell = shell;
        this.total = total;
        this.start = start;
    }

    /// Shows it, unless it did so a moment ago.
    ///
    /// @param offset how many bytes of the input are answered
    /// @param rows how many rows this run has answered
    void at(long offset, long rows) {
        long now = System.nanoTime();
        if (!shell.terminals().err() || now - drawnNanos < NANOS_BETWEEN) {
            return;
        }
        drawnNanos = now;
        drawn = true;
        shell.err().print(ERASE_LINE + line(offset, rows, now - startNanos));
        shell.err().flush();
    }

    /// Takes it away.
    void end() {
        if (drawn) {
            shell.err().print(ERASE_LINE);
            shell.err().flush();
        }
    }

    String line(long offset, long rows, long nanos) {
        double seconds = Math.max(nanos, 1) / 1e9;
        String done =
                "%s, %s/s"
                        .formatted(
                                Figures.count(rows, "row"), Figures.count((long) (rows / seconds)));
        if (total == 0) {
            return done;
        }
        double share = Math.min(1, (double) offset / total);
        int filled = (int) (share * WIDTH);
        String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        long here = Math.max(1, offset - start);
        Duration left = Duration.ofMillis((long) (seconds * 1_000 * (total - offset) / here));
        return String.format(
                Locale.ROOT,
                "[%s] %3.0f %%  %s, %s left",
                bar,
                share * 100,
                done,
                Figures.duration(left));
    }
}
