package io.staddle.it.history;

import io.staddle.api.id.Revision;

/// A call as its caller saw it.
///
/// @param id unique in the history; the request id that the servers record
/// @param grain which register
/// @param startNanos when it was called
/// @param endNanos when it was answered; [#NEVER] if the outcome is unknown
/// @param at the revision that decided it; of a read the last revision that it can show; NONE if
///     unknown
/// @param server who answered
record Operation(
        String id,
        String grain,
        Call call,
        Answer answer,
        long startNanos,
        long endNanos,
        Revision at,
        String server) {
    /// The end of a call whose outcome is unknown: it may take effect at any time.
    static final long NEVER = Long.MAX_VALUE;

    boolean isUnknown() {
        return answer instanceof Answer.Unknown;
    }
}
