package io.staddle.client;

import io.staddle.api.model.ReplayEntry;

import java.io.Serial;

/// Thrown by a [ReplayConsumer] whose handler failed. The entry, and all after it, are in the
/// queue. What came before it is acknowledged, or, if that failed too, will come again.
public final class ReplayStoppedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final transient ReplayEntry entry;

    ReplayStoppedException(ReplayEntry entry, Exception cause) {
        super(
                "entry "
                        + entry.seq()
                        + " of the replay queue ("
                        + entry.write().id()
                        + ", key "
                        + entry.write().key()
                        + ") could not be applied: "
                        + cause,
                cause);
        this.entry = entry;
    }

    /// Returns the entry that could not be applied.
    public ReplayEntry entry() {
        return entry;
    }
}
