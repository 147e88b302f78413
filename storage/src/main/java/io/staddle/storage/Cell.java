package io.staddle.storage;

import java.util.Optional;

/// A row as a batch sees it.
final class Cell {
    /// The key, and its bytes.
    final Object of;

    final byte[] key;
    final int hash;

    /// The committed value or [Bytes#ABSENT]; for a row of an index possibly not read, so
    /// [#UNREAD].
    final byte[] before;

    /// What the batch makes of it, or [Bytes#ABSENT].
    byte[] now;

    /// The value of [#now] if it has been decoded or was encoded here.
    Optional<Object> decoded = Optional.empty();

    /// Whether the cell is among those to be written.
    boolean written;

    static final byte[] UNREAD = new byte[0];

    Cell(Object of, byte[] key, int hash, byte[] before) {
        this.of = of;
        this.key = key;
        this.hash = hash;
        this.before = before;
        this.now = before;
    }

    boolean isPresent() {
        return !Bytes.isAbsent(now);
    }
}
