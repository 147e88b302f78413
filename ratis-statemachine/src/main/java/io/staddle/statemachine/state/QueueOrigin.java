package io.staddle.statemachine.state;

import io.staddle.api.id.ClusterId;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;

/// A replay queue and one of those that append to it.
public record QueueOrigin(ClusterId target, ClusterId origin) {
    /// Returns the range of all that append to the queue of `target`, by name.
    public static KeyRange of(ClusterId target) {
        return KeyRange.prefix(new KeyWriter().text(target.value()).toBytes());
    }
}
