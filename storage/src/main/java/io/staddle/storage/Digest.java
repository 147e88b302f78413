package io.staddle.storage;

import java.util.HexFormat;

/// A fingerprint of a store's state and of all that was ever appended to its logs.
///
/// Two stores that committed the same writes have the same digest, however the writes were grouped
/// into commits. *State* is the wrapping sum of a 128-bit hash of every row of the `ROWS` and
/// `RESIDENT` tables (two lanes of 64 bits), so it costs a hash a write and can be recomputed by a
/// scan; the idea is AdHash (Bellare and Micciancio, Eurocrypt 1997). *History* is a rolling
/// 128-bit hash over what was added to `LOG` and `QUEUE` tables; what is removed from them does not
/// change it, so what bounds them must stand in a row. The hash (XXH3)
/// finds accidents, not forgers.
///
/// @param stateHigh first lane of the state
/// @param stateLow second lane of the state
/// @param historyHigh first half of the history
/// @param historyLow second half of the history
public record Digest(long stateHigh, long stateLow, long historyHigh, long historyLow) {
    /// The digest of an empty store.
    public static final Digest EMPTY = new Digest(0, 0, 0, 0);

    /// Says whether the rows are the same, whatever was appended.
    public boolean sameState(Digest other) {
        return stateHigh == other.stateHigh && stateLow == other.stateLow;
    }

    /// Returns 32 hex digits for the state, a hyphen, and 32 for the history.
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(stateHigh)
                + hex.toHexDigits(stateLow)
                + "-"
                + hex.toHexDigits(historyHigh)
                + hex.toHexDigits(historyLow);
    }
}
