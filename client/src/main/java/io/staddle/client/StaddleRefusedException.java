package io.staddle.client;

import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;

import java.io.Serial;

/// Thrown by [Result#orThrow] for a refusal, and by queries about what there is not.
public final class StaddleRefusedException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    private final transient Refusal why;

    StaddleRefusedException(Refusal why) {
        super(words(RefusalText.of(why)));
        this.why = why;
    }

    /// Returns the refusal, with the facts that the caller needs next.
    public Refusal why() {
        return why;
    }

    private static String words(RefusalText text) {
        return text.code() + ": " + text.message() + ". " + text.next();
    }
}
