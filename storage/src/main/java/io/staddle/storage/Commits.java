package io.staddle.storage;

import java.util.Optional;

/// What every store checks before a commit.
final class Commits {
    /// What is written without a log may follow on any: what a restore makes of a state.
    private static final long NO_LOG = 0;

    private Commits() {}

    /// Returns `given` if it is the open batch and `position` is after `applied`.
    static StoreBatch check(
            Optional<StoreBatch> open, Batch given, LogPosition applied, LogPosition position) {
        if (open.isEmpty() || open.get() != given) {
            throw new IllegalStateException("only the batch begun last can be committed, once");
        }
        boolean fallsBack = position.term() < applied.term() && position.term() != NO_LOG;
        if (position.index() <= applied.index() || fallsBack) {
            throw new CorruptDataException(
                    "expected a position after " + applied + " to commit, found " + position);
        }
        return open.get();
    }
}
