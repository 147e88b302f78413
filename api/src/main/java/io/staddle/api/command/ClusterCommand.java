package io.staddle.api.command;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;

import java.util.List;

/// Commands about clusters and the moves between them.
public sealed interface ClusterCommand extends Command {
    /// The cluster that it is about.
    ClusterId cluster();

    /// A command that changes the owner of whole holdings: one log entry, however many grains.
    sealed interface OfHoldings extends ClusterCommand {
        /// What the caller calls this move.
        MoveId id();
    }

    /// Makes a cluster known. Repeated with an equal profile it changes nothing; refused with
    /// `ALREADY_EXISTS` if the profile differs.
    ///
    /// A cluster that was removed and comes back gets a higher fence than it ever had.
    ///
    /// @param state UNKNOWN, or HEALTHY if the cluster registers itself
    record Register(ClusterId cluster, ClusterProfile profile, ClusterState state)
            implements ClusterCommand {
        /// Refuses a state that a new cluster cannot be in.
        public Register {
            if (state != ClusterState.UNKNOWN && state != ClusterState.HEALTHY) {
                throw new MalformedException(
                        new Expectation("state", "UNKNOWN or HEALTHY", state.name()));
            }
        }
    }

    /// Replaces what an operator says about a cluster.
    ///
    /// @param seenVersion the record's version last seen
    record Update(ClusterId cluster, ClusterProfile profile, long seenVersion)
            implements ClusterCommand {}

    /// Sets the health of a cluster by hand. FAILED is not to be had this way: that is what
    /// [FailOver] is for.
    ///
    /// @param seenVersion the record's version last seen
    record SetState(ClusterId cluster, ClusterState state, long seenVersion)
            implements ClusterCommand {}

    /// Forgets a cluster that owns nothing. Its fence is remembered.
    ///
    /// @param seenVersion the record's version last seen
    record Remove(ClusterId cluster, long seenVersion) implements ClusterCommand {}

    /// Demotes a cluster: its fence grows, and every holding that it owns gets a successor, or is
    /// stranded if no cluster may take over.
    ///
    /// @param seenFence the cluster's fence last seen, so that two operators do not demote twice
    record FailOver(MoveId id, ClusterId cluster, Fence seenFence, Successor successor)
            implements OfHoldings {
        /// Refuses an id that no caller can choose.
        public FailOver {
            id = id.ofCaller();
        }
    }

    /// Gives a healthy cluster back the holdings that it had claimed and lost.
    record FailBack(MoveId id, ClusterId cluster) implements OfHoldings {
        /// Refuses an id that no caller can choose.
        public FailBack {
            id = id.ofCaller();
        }
    }

    /// Moves what a cluster owns, while it lives on. What nobody may take over stays.
    ///
    /// @param types the types to move; empty for all
    record Evacuate(MoveId id, ClusterId cluster, List<GrainType> types, Successor successor)
            implements OfHoldings {
        /// Copies the list, without repetitions, and refuses an id that no caller can choose.
        public Evacuate {
            id = id.ofCaller();
            types = types.stream().distinct().sorted().toList();
        }
    }
}
