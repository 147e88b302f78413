package io.staddle.api.model;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.Token;

import java.util.Optional;

/// Who coordinates a scope, or did last.
///
/// @param node empty if nobody ever did
/// @param incarnation which life of it
/// @param token proves it; there is another one for each coordinator and each of its lives
public record Coordinator(Optional<NodeId> node, long incarnation, Token token) {
    /// Nobody.
    public static final Coordinator NONE = new Coordinator(Optional.empty(), 0, Token.NONE);

    /// Returns another one, who follows on this one.
    public Coordinator followedBy(NodeId next, long itsIncarnation) {
        return new Coordinator(Optional.of(next), itsIncarnation, token.next());
    }

    /// Tells whether it is that node, in whatever life.
    public boolean is(NodeId other) {
        return node.equals(Optional.of(other));
    }
}
