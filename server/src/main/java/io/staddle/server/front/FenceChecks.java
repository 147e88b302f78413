package io.staddle.server.front;

import io.staddle.api.query.FenceCheck;

import java.util.concurrent.atomic.LongAdder;

/// Counts what became of fence checks.
///
/// @param held those of who owned the grain in that epoch
/// @param stale those of who did not: a holder that was fenced off, and asked in time
public record FenceChecks(LongAdder held, LongAdder stale) {
    FenceChecks() {
        this(new LongAdder(), new LongAdder());
    }

    /// Counts a check and returns it.
    public FenceCheck counted(FenceCheck check) {
        (check.valid() ? held : stale).increment();
        return check;
    }
}
