package io.staddle.storage;

import java.util.Optional;

/// What every store checks before a commit.
final class Commits {
    private Commits() {}

    /// Returns `given` if it is the open batch and `position` is after `applied`.
    static StoreBatch check(
            Optional<StoreBatch> open, Batch given, LogPosition applied, LogPosition position) {
        if (open.isEmpty() || open.get() != given) {
            throw new IllegalStateException("only the batch begun last can be committed, once");
        }
        if (position.index() <= applied.index() || position.term() < applied.term()) {
            throw new CorruptDataException(
                    "expected a position after " + applied + " to commit, found " + position);
        }
        return open.get();
    }
}
