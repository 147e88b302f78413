package io.staddle.api.model;

import io.staddle.api.id.NodeId;

import java.util.Optional;

/// One participant of a barrier.
///
/// @param incarnation which life of the node takes part: higher after each restart
/// @param ballot empty until it has voted
public record Participation(NodeId node, long incarnation, Optional<Ballot> ballot) {
    /// What it said, and when.
    ///
    /// @param atMillis logical time in milliseconds since 1970
    public record Ballot(Vote vote, long atMillis) {}

    /// Returns one that has not voted.
    public static Participation of(NodeId node, long incarnation) {
        return new Participation(node, incarnation, Optional.empty());
    }

    /// Returns it when it has voted.
    public Participation voting(Vote vote, long atMillis) {
        return new Participation(node, incarnation, Optional.of(new Ballot(vote, atMillis)));
    }
}
