package io.staddle.client;

import com.google.protobuf.ByteString;

import io.staddle.api.model.Ownership;

import java.util.List;

/// A page of a list of grains.
///
/// @param next the token of the page after; empty on the last page
record GrainPage(List<Ownership> grains, ByteString next) {
    /// The token of the first page.
    static final ByteString START = ByteString.EMPTY;

    /// A page after which there is none.
    static final GrainPage END = new GrainPage(List.of(), ByteString.EMPTY);

    boolean isLast() {
        return next.isEmpty();
    }
}
