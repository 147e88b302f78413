package io.staddle.statemachine.state;

import io.staddle.api.id.ClusterId;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;

/// A place in the replay queue of a cluster.
public record QueuePlace(ClusterId target, long seq) {
    /// Returns the range of the places after `afterSeq`, up to and including `throughSeq`.
    public static KeyRange between(ClusterId target, long afterSeq, long throughSeq) {
        return new KeyRange(bytes(target, afterSeq + 1), bytes(target, throughSeq + 1));
    }

    private static byte[] bytes(ClusterId target, long seq) {
        return new KeyWriter().text(target.value()).number(seq).toBytes();
    }
}
