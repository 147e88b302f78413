package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who is in a group: as it is to be, or as Ratis has it.
///
/// @param voters who votes and holds all data
/// @param learners who gets all data and does not vote
public record Configuration(SortedSet<NodeId> voters, SortedSet<NodeId> learners) {
    static final Configuration NONE = new Configuration(new TreeSet<>(), new TreeSet<>());

    /// Copies the sets.
    public Configuration {
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        learners = Collections.unmodifiableSortedSet(new TreeSet<>(learners));
    }

    Membership of(NodeId node) {
        if (voters.contains(node)) {
            return Membership.VOTER;
        }
        return learners.contains(node) ? Membership.LEARNER : Membership.NONE;
    }

    /// Returns it with one node changed.
    Configuration with(NodeId node, Membership membership) {
        SortedSet<NodeId> voting = new TreeSet<>(voters);
        SortedSet<NodeId> learning = new TreeSet<>(learners);
        voting.remove(node);
        learning.remove(node);
        switch (membership) {
            case NONE -> {}
            case LEARNER -> learning.add(node);
            case VOTER -> voting.add(node);
        }
        return new Configuration(voting, learning);
    }
}
