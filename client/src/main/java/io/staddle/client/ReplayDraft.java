package io.staddle.client;

import com.google.protobuf.ByteString;

import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ReplayKey;

/// A write that is to be replayed, before it has a number.
///
/// @param value any bytes, at most what one append may carry with the key: 2 MiB; the servers may
///     allow less (`replay.max-value-bytes`)
public record ReplayDraft(ReplayKey key, ByteString value) {
    /// Refuses what no append can carry.
    ///
    /// @throws MalformedException if key and value are too long together
    public ReplayDraft {
        long bytes = (long) key.bytes() + value.size();
        if (bytes > ReplayCommand.Append.BYTES_MAX) {
            throw new MalformedException(
                    new MalformedException.Expectation(
                            "bytes of a write",
                            "at most " + ReplayCommand.Append.BYTES_MAX,
                            Long.toString(bytes)));
        }
    }

    /// Returns the draft of a key and a value.
    ///
    /// @throws MalformedException if the key cannot be one, or both are too long together
    public static ReplayDraft of(String key, ByteString value) {
        return new ReplayDraft(new ReplayKey(key), value);
    }
}
