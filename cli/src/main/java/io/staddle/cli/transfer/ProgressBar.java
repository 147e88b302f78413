package io.staddle.cli.transfer;

import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Shell;

import java.time.Duration;
import java.util.Locale;

/// Shows on a terminal how far long work has got; on anything else it shows nothing.
public final class ProgressBar {
    private static final long NANOS_BETWEEN = 100_000_000;
    private static final int WIDTH = 24;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Shell shell;
    private final long total;
    private final long start;
    private final Unit unit;
    private final long startNanos = System.nanoTime();
    private long drawnNanos = startNanos;
    private boolean drawn;

    /// What is counted.
    private enum Unit {
        ROWS,
        BYTES;

        String done(long number) {
            return switch (this) {
                case ROWS -> Figures.count(number, "row");
                case BYTES -> Figures.bytes(number);
            };
        }

        String pace(long number) {
            return switch (this) {
                case ROWS -> Figures.count(number);
                case BYTES -> Figures.bytes(number);
            };
        }
    }

    /// Creates it for an import.
    ///
    /// @param total of the input in bytes; 0 if unknown
    /// @param start where it begins, in bytes
    ProgressBar(Shell shell, long total, long start) {
        this(shell, total, start, Unit.ROWS);
    }

    /// Creates it for bytes that are counted as such.
    ///
    /// @param total how many there are
    public static ProgressBar ofBytes(Shell shell, long total) {
        return new ProgressBar(shell, total, 0, Unit.BYTES);
    }

    private ProgressBar(Shell shell, long total, long start, Unit unit) {
        this.shell = shell;
        this.total = total;
        this.start = start;
        this.unit = unit;
    }

    /// Shows how many bytes are done, unless it did so a moment ago.
    public void at(long bytes) {
        at(bytes, bytes);
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
    public void end() {
        if (drawn) {
            shell.err().print(ERASE_LINE);
            shell.err().flush();
        }
    }

    String line(long offset, long rows, long nanos) {
        double seconds = Math.max(nanos, 1) / 1e9;
        String done = "%s, %s/s".formatted(unit.done(rows), unit.pace((long) (rows / seconds)));
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
