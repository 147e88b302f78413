package io.staddle.cli.transfer;

import io.staddle.api.id.ClusterId;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.transfer.ImportRun.UnansweredException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/// An import of a file, from where an earlier one stopped.
public final class Importer {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Session session;
    private final Bulk bulk;
    private final Plan plan;
    private final LongSupplier logIndex;

    /// What is to be imported, and how.
    ///
    /// @param owner owns the rows that name no owner
    /// @param format empty to find out
    /// @param refused where refused rows are written to
    /// @param stateFile where the bookmark is; empty for beside the input
    public record Plan(
            Path file,
            Optional<ClusterId> owner,
            Optional<RowFormat> format,
            Optional<Path> refused,
            Optional<Path> stateFile) {

        boolean isFile() {
            return !file.equals(STANDARD_INPUT);
        }

        Optional<Path> bookmarkFile() {
            return isFile()
                    ? stateFile.or(() ->
                            Optional.of(
                                    file.resolveSibling(file.getFileName() + ".staddle-import")))
                    : Optional.empty();
        }

        private String options() {
            return owner + " " + format + " " + refused;
        }
    }

    /// Creates it.
    ///
    /// @param logIndex returns an index that the log has reached: later grants are the import's own
    public Importer(Session session, Bulk bulk, Plan plan, LongSupplier logIndex) {
        this.logIndex = logIndex;
        this.session = session;
        this.bulk = bulk;
        this.plan = plan;
    }

    /// Imports the file and tells how many rows were new, equal, refused and malformed.
    public ExitCode run() throws IOException {
        check();
        Bookmark from = bookmark();
        try (RefusedRows refused = RefusedRows.open(plan.refused(), from.refusedBytes());
                Input input = Input.open(plan, from, session.shell().in())) {
            Bookkeeper keeper =
                    new Bookkeeper(session.shell(), plan.bookmarkFile(), from, input, refused);
            ImportRun run = new ImportRun(bulk, input.parser(), refused, keeper, from.beganAt());
            run.tally().restore(from.counts());
            return run(run, input, keeper);
        }
    }

    private ExitCode run(ImportRun run, Input input, Bookkeeper keeper) throws IOException {
        Thread onInterrupt = Thread.ofPlatform().unstarted(keeper::stopped);
        long start = System.nanoTime();
        long before = run.tally().rows();
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            run.all(input.lines());
            keeper.finished();
        } catch (UnansweredException unanswered) {
            keeper.stopped();
            throw CliException.unknown(
                    "rows have no answer: " + unanswered.getMessage(),
                    "Run the same command again when servers answer: staddle server list");
        } catch (IOException | RuntimeException e) {
            keeper.stopped();
            throw e;
        } finally {
            forget(onInterrupt);
        }
        ImportReport report = new ImportReport(session, run.tally());
        return report.tell(run.tally().rows() - before, System.nanoTime() - start);
    }

    private void check() {
        if (!plan.isFile() && plan.stateFile().isPresent()) {
            throw CliException.usage(
                    "--state-file needs a file to go on in, and - is none",
                    "Import from a file, or leave --state-file out.");
        }
        if (plan.isFile() && !Files.isReadable(plan.file())) {
            throw CliException.usage(
                    "there is no readable file " + plan.file(),
                    "Name a file, or - for the standard input.");
        }
    }

    private Bookmark bookmark() throws IOException {
        Optional<Path> file = plan.bookmarkFile();
        if (file.isEmpty()) {
            return Bookmark.start("", logIndex.getAsLong());
        }
        String fingerprint = Fingerprint.of(plan.file(), plan.options());
        Optional<Bookmark> found = Bookmark.read(file.get(), fingerprint);
        found.ifPresent(from ->
                session.say(
                        "Going on after line "
                                + Figures.count(from.line())
                                + ", where an earlier import of this file stopped."));
        return found.orElseGet(() -> Bookmark.start(fingerprint, logIndex.getAsLong()));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // then it is the hook's turn
        }
    }
}
