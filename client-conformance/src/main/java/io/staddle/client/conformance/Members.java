package io.staddle.client.conformance;

import io.staddle.api.id.NodeId;

import java.util.Set;

/// Who is in a group.
///
/// @param voters who votes
/// @param learners who gets all data and does not vote
public record Members(Set<NodeId> voters, Set<NodeId> learners) {
    /// Copies the sets.
    public Members {
        voters = Set.copyOf(voters);
        learners = Set.copyOf(learners);
    }
}
