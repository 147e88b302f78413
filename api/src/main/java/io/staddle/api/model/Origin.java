package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

/// Who asked for a change and why. It is kept with every event that the change led to.
///
/// @param actor who asked; empty if not said
/// @param reason why, in the words of who asked; empty if not said
/// @param requestId what the caller calls this request; empty if not said
public record Origin(String actor, String reason, String requestId) {
    /// Nothing is known of who asked.
    public static final Origin NONE = new Origin("", "", "");

    /// The most characters that each part may have.
    public static final int MAX_LENGTH = 512;

    /// Refuses what is too long to be kept.
    ///
    /// @throws MalformedException if a part is longer than 512 characters
    public Origin {
        check("actor", actor);
        check("reason", reason);
        check("request id", requestId);
    }

    private static void check(String field, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedException(
                    new Expectation(field, "at most " + MAX_LENGTH + " characters", text));
        }
    }
}
