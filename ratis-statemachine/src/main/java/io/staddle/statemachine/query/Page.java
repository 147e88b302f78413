package io.staddle.statemachine.query;

import java.util.List;

/// One page of a list.
///
/// @param next where the next page starts; empty on the last one
@SuppressWarnings("ArrayRecordComponent") // opaque, and handed on as it is
public record Page<T>(List<T> items, byte[] next) {
    /// Copies the items.
    public Page {
        items = List.copyOf(items);
    }

    /// Tells whether nothing follows.
    public boolean isLast() {
        return next.length == 0;
    }
}
