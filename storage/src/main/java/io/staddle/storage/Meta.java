package io.staddle.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a store keeps about its rows, in the same write batch as they: the row `state`.
///
/// @param applied the position that the rows stand for
/// @param digest their digest
record Meta(LogPosition applied, Digest digest) {
    /// 6 numbers of 8 bytes: term, index, and the four of the digest.
    static final byte[] KEY = "state".getBytes(StandardCharsets.US_ASCII);

    static final Meta NONE = new Meta(LogPosition.NONE, Digest.EMPTY);

    private static final int NUMBERS = 6;

    byte[] toBytes() {
        return Bytes.ofLongs(
                applied.term(), applied.index(),
                digest.stateHigh(), digest.stateLow(),
                digest.historyHigh(), digest.historyLow());
    }

    static Meta of(byte[] bytes) {
        if (bytes.length != NUMBERS * Long.BYTES) {
            throw new CorruptDataException(
                    "expected "
                            + NUMBERS * Long.BYTES
                            + " bytes of state, found "
                            + Bytes.show(bytes));
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        return new Meta(
                new LogPosition(from.getLong(), from.getLong()),
                new Digest(from.getLong(), from.getLong(), from.getLong(), from.getLong()));
    }
}
