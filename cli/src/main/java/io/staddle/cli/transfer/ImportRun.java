package io.staddle.cli.transfer;

import io.staddle.api.answer.Answer;
import io.staddle.api.refusal.RefusalText;
import io.staddle.client.Result;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Reads rows, sends them in batches with several outstanding, and counts how they ended.
///
/// Batches are counted in the order of the input, so what is counted is always a beginning of it:
/// that is the bookmark.
final class ImportRun {
    /// The rows of a batch.
    static final int BATCH_ROWS = 2_000;

    /// The batches that are outstanding at most.
    static final int BATCHES_MAX = 8;

    private static final int ATTEMPTS_MAX = 5;

    private final Bulk bulk;
    private final RowParser parser;
    private final RefusedRows refusedRows;
    private final Progress progress;
    private final FreshGrants freshGrants;
    private final Tally tally = new Tally();
    private final Deque<Outstanding> outstanding = new ArrayDeque<>();

    private record Outstanding(Batch batch, CompletableFuture<List<Result<Answer>>> answers) {}

    /// Hears how far it has got.
    @FunctionalInterface
    interface Progress {
        /// All up to `offset` and `line` is answered and counted.
        void reached(long offset, long line, Tally tally) throws IOException;
    }

    /// Thrown when rows have no answer, though they were sent several times.
    static final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1;

        private UnansweredException(String message) {
            super(message);
        }
    }

    /// @param beganAt a log index that was reached when the import began
    ImportRun(
            Bulk bulk, RowParser parser, RefusedRows refusedRows, Progress progress, long beganAt) {
        freshGrants = new FreshGrants(beganAt);
        this.bulk = bulk;
        this.parser = parser;
        this.refusedRows = refusedRows;
        this.progress = progress;
    }

    Tally tally() {
        return tally;
    }

    /// Imports all that the reader has.
    void all(LineReader lines) throws IOException, UnansweredException {
        Batch batch = new Batch();
        for (var read = lines.next(); read.isPresent(); read = lines.next()) {
            Line line = parse(read.get().text());
            boolean isFloor = line instanceof Line.Floor;
            if (isFloor && !batch.isEmpty()) {
                send(batch);
                batch = new Batch();
            }
            if (isFloor) {
                settleAll();
            }
            batch.add(read.get(), line);
            if (isFloor || batch.size() == BATCH_ROWS) {
                send(batch);
                batch = new Batch();
            }
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
        settleAll();
    }

    /// Commands that are outstanding together are decided in any order.
    private void settleAll() throws IOException, UnansweredException {
        while (!outstanding.isEmpty()) {
            settle(outstanding.remove());
        }
    }

    private Line parse(LineReader.Text text) {
        return switch (text) {
            case LineReader.Text.Good(var value) -> parser.parse(value);
            case LineReader.Text.Bad(var why) -> new Line.Malformed(why);
        };
    }

    private void send(Batch batch) throws IOException, UnansweredException {
        if (outstanding.size() == BATCHES_MAX) {
            settle(outstanding.remove());
        }
        outstanding.add(new Outstanding(batch, bulk.carryOut(batch.commands())));
    }

    private void settle(Outstanding done) throws IOException, UnansweredException {
        Batch batch = done.batch();
        List<Result<Answer>> results = answered(batch, await(done.answers()));
        for (Batch.Note note : batch.notes()) {
            count(note);
        }
        for (int i = 0; i < results.size(); i++) {
            count(batch.rows().get(i), results.get(i));
        }
        progress.reached(batch.end(), batch.line(), tally);
    }

    /// Sends again what has no answer: it is idempotent.
    private List<Result<Answer>> answered(Batch batch, List<Result<Answer>> first)
            throws UnansweredException {
        List<Result<Answer>> results = new ArrayList<>(first);
        Optional<Result.Unknown<Answer>> unknown = unknown(results);
        for (int attempt = 1; unknown.isPresent(); attempt++) {
            if (attempt == ATTEMPTS_MAX) {
                throw new UnansweredException(unknown.get().why());
            }
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof Result.Unknown<Answer>) {
                    again.add(i);
                }
            }
            var commands = batch.commands();
            var answers = await(bulk.carryOut(again.stream().map(commands::get).toList()));
            for (int i = 0; i < again.size(); i++) {
                results.set(again.get(i), answers.get(i));
            }
            unknown = unknown(results);
        }
        return results;
    }

    private static Optional<Result.Unknown<Answer>> unknown(List<Result<Answer>> results) {
        for (Result<Answer> result : results) {
            if (result instanceof Result.Unknown<Answer> unknown) {
                return Optional.of(unknown);
            }
        }
        return Optional.empty();
    }

    private void count(Batch.Note note) throws IOException {
        switch (note.what()) {
            case Line.Malformed(var why) -> {
                tally.malformed(note.line(), why);
                refusedRows.malformed(note.line(), why);
            }
            case Line.Unowned unowned -> tally.unowned();
            case Line.Row _, Line.Floor _ ->
                    throw new IllegalStateException("a row is no note: " + note.what());
            case Line.Blank blank -> {}
        }
    }

    private void count(Batch.Entry row, Result<Answer> result) throws IOException {
        switch (result) {
            case Result.Done<Answer>(_, Answer.Grant grant) -> {
                if (freshGrants.isFresh(grant)) {
                    tally.fresh();
                } else {
                    tally.equal();
                }
            }
            case Result.Done<Answer>(_, Answer.Released _) -> tally.released();
            case Result.Done<Answer>(_, Answer.Floor _) -> tally.floor();
            case Result.Done<Answer> other ->
                    throw new IllegalStateException("a grant was expected, found " + other);
            case Result.Refused<Answer>(_, var why) -> {
                RefusalText text = RefusalText.of(why);
                tally.refused(text.code(), row.line(), text.message());
                refusedRows.refused(row.line(), row.command(), text);
            }
            case Result.Unknown<Answer> unknown ->
                    throw new IllegalStateException("unanswered: " + unknown);
        }
    }

    private static List<Result<Answer>> await(CompletableFuture<List<Result<Answer>>> answers) {
        try {
            return answers.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
