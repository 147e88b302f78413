package io.staddle.cli.transfer;

import io.staddle.cli.shell.Shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Notes how far an import has got: on the terminal, and in the bookmark's file.
///
/// The shutdown hook and the import share it; it guards the newest bookmark.
final class Bookkeeper implements ImportRun.Progress {
    private static final long NANOS_BETWEEN = 1_000_000_000;

    private final Shell shell;
    private final Optional<Path> file;
    private final RefusedRows refused;
    private final ProgressBar bar;
    private final long rowsBefore;
    private Bookmark newest;
    private long writtenNanos = System.nanoTime();

    /// Creates it.
    ///
    /// @param file where the bookmark is kept; empty for nowhere
    Bookkeeper(Shell shell, Optional<Path> file, Bookmark from, Input input, RefusedRows refused) {
        this.shell = shell;
        this.file = file;
        this.refused = refused;
        this.bar = new ProgressBar(shell, input.bytes(), from.offset());
        this.rowsBefore = rows(from);
        this.newest = from;
    }

    @Override
    public synchronized void reached(long offset, long line, Tally tally) throws IOException {
        newest =
                new Bookmark(
                        newest.fingerprint(),
                        offset,
                        line,
                        refused.flushed(),
                        newest.beganAt(),
                        tally.counts());
        bar.at(offset, tally.rows() - rowsBefore);
        if (System.nanoTime() - writtenNanos > NANOS_BETWEEN) {
            write();
        }
    }

    /// Forgets the bookmark: all is done.
    synchronized void finished() throws IOException {
        bar.end();
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    /// Keeps the bookmark and says how to go on from it.
    synchronized void stopped() {
        bar.end();
        if (file.isEmpty()) {
            shell.say("Stopped after line " + newest.line() + ".");
            return;
        }
        try {
            write();
            shell.say(
                    "Stopped; all up to line "
                            + newest.line()
                            + " is answered. To go on, run the same command again.");
        } catch (IOException e) {
            shell.say("Cannot write " + file.get() + ": " + e);
        }
    }

    private void write() throws IOException {
        writtenNanos = System.nanoTime();
        if (file.isPresent()) {
            newest.write(file.get());
        }
    }

    private static long rows(Bookmark bookmark) {
        return bookmark.counts().values().stream().mapToLong(Long::longValue).sum();
    }
}
