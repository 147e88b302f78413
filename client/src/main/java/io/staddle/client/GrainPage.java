package io.staddle.client;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.model.Ownership;
import io.staddle.api.v1.ListGrainsAnswer;

import java.util.List;

/// A page of a list of grains.
///
/// It is decoded by whoever reads it, so that the next page can be asked for before that.
record GrainPage(ListGrainsAnswer answer) {
    /// The token of the first page.
    static final ByteString START = ByteString.EMPTY;

    /// A page after which there is none.
    static final GrainPage END = new GrainPage(ListGrainsAnswer.getDefaultInstance());

    boolean isLast() {
        return next().isEmpty();
    }

    /// Returns the token of the page after; empty on the last page.
    ByteString next() {
        return answer.getNextPageToken();
    }

    /// @throws StaddleProtocolException if this version does not understand the answer
    List<Ownership> grains() {
        try {
            return answer.getGrainsList().stream().map(OwnershipCodec::decode).toList();
        } catch (RuntimeException unknownAnswer) {
            throw StaddleProtocolException.notUnderstood(unknownAnswer);
        }
    }
}
