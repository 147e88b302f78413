package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

import java.util.List;

/// Why a holding gets no new owner.
public sealed interface Obstacle {
    /// None of the clusters that placement allows can take over.
    ///
    /// @param allowed empty for any
    record NobodyFit(List<ClusterId> allowed) implements Obstacle {
        /// Copies the list.
        public NobodyFit {
            allowed = List.copyOf(allowed);
        }
    }

    /// The one that was named cannot take over.
    record NamedUnfit(ClusterId named, Unfitness why) implements Obstacle {}

    /// Placement does not allow the one that was named.
    record NamedForbidden(ClusterId named, List<ClusterId> allowed) implements Obstacle {
        /// Copies the list.
        public NamedForbidden {
            allowed = List.copyOf(allowed);
        }
    }
}
