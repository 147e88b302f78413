package io.staddle.api.refusal;

import io.staddle.api.refusal.Refusal.BufferFull;
import io.staddle.api.refusal.Refusal.OutOfRange;
import io.staddle.api.refusal.Refusal.ReplayPending;
import io.staddle.api.refusal.Refusal.TooLarge;
import io.staddle.api.refusal.Refusal.TooManyGaps;

/// The refusals about replay queues, in words.
final class ReplayRefusalText {
    private ReplayRefusalText() {}

    static RefusalText of(Refusal.OfReplay refusal) {
        return switch (refusal) {
            case BufferFull(var target, var limit, var used, var max) ->
                    new RefusalText(
                            "BUFFER_FULL",
                            Remedy.RETRY_LATER,
                            "the replay queue of \"%s\" is full: %s of %s = %s are used"
                                    .formatted(target, used, limit, max),
                            "Wait until the target has acknowledged some, or raise " + limit + ".");
            case TooLarge(var what, var bytes, var max) ->
                    report(
                            "TOO_LARGE",
                            "%s has %s bytes, %s are allowed".formatted(what, bytes, max),
                            "Send less at a time, or raise replay.max-value-bytes.");
            case TooManyGaps(var target, var origin, var missing, var max) ->
                    report(
                            "TOO_MANY_GAPS",
                            "the writes of \"%s\" to \"%s\" would have more than %s gaps, the first"
                                            .formatted(origin, target, max)
                                    + " of them at "
                                    + missing,
                            "Append what is missing, or settle it.");
            case OutOfRange(var what, var asked, var min, var max) ->
                    report(
                            "OUT_OF_RANGE",
                            "%s must be %s to %s, but is %s".formatted(what, min, max, asked),
                            "Read it again and ask for what is there.");
            case ReplayPending(var cluster, var entries) ->
                    new RefusalText(
                            "REPLAY_PENDING",
                            Remedy.RETRY_LATER,
                            "cluster \"%s\" has %s entries to replay".formatted(cluster, entries),
                            "Wait until it has applied and acknowledged them.");
        };
    }

    private static RefusalText report(String code, String message, String next) {
        return new RefusalText(code, Remedy.REPORT, message, next);
    }
}
