package io.staddle.api.refusal;

import io.staddle.api.refusal.Refusal.NotYet;
import io.staddle.api.refusal.Refusal.Trimmed;

import java.time.Instant;

/// The refusals about states of the past, in words.
final class PastRefusalText {
    private PastRefusalText() {}

    static RefusalText of(Refusal.OfPast refusal) {
        return switch (refusal) {
            case Trimmed(var asked, var oldest, var millis) ->
                    new RefusalText(
                            "TRIMMED",
                            Remedy.REPORT,
                            "%s is before history: the oldest revision that can be asked for is %s"
                                            .formatted(asked, oldest)
                                    + ", of "
                                    + Instant.ofEpochMilli(millis),
                            "Ask for that or a later one. To keep more: history.entries-max,"
                                + " history.events-max, history.bytes-max and history.millis-max.");
            case NotYet(var asked, var newest, var millis) ->
                    new RefusalText(
                            "NOT_YET",
                            Remedy.RETRY_LATER,
                            "%s has not been yet: the newest revision is %s, of %s"
                                    .formatted(asked, newest, Instant.ofEpochMilli(millis)),
                            "Ask for what has been, or for no moment at all: that is now.");
        };
    }
}
