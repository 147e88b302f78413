package io.staddle.api.command;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;

import java.util.List;

/// Commands about clusters and the moves between them.
public sealed interface ClusterCommand extends Command {
    /// The cluster that it is about.
    ClusterId cluster();

    /// A command that changes the owner of whole holdings: one log entry, however many grains.
    sealed interface OfHoldings extends ClusterCommand {
        /// What the caller calls this move.
        MoveId id();

        /// The plan that it carries out; refused with `PLAN_CHANGED` if that would look different
        /// now. [PlanId#NONE] to decide on whatever it finds.
        PlanId plan();
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

    /// Forgets a cluster that owns nothing. Its fence is remembered.
    ///
    /// @param seenVersion the record's version last seen
    /// @param lost also while its failover is open: it will never come back
    record Remove(ClusterId cluster, long seenVersion, boolean lost) implements ClusterCommand {}

    /// Makes another cluster the primary, while both are healthy. No grain moves.
    ///
    /// Repeated it changes nothing. Refused with `VERSION_CONFLICT` unless `seenPrimaryEpoch` is
    /// the epoch of the role.
    record TransferPrimary(ClusterId from, ClusterId to, long seenPrimaryEpoch)
            implements ClusterCommand {
        @Override
        public ClusterId cluster() {
            return from;
        }
    }

    /// Demotes a cluster: its fence grows, its role moves, and every holding that it owns gets a
    /// successor, or is stranded if no cluster may take over. It cannot own anything until it was
    /// readmitted.
    ///
    /// @param seenFence the cluster's fence last seen, so that two operators do not demote twice
    /// @param force also if it is healthy, or if nobody can be the primary afterwards; only by
    ///     operators
    /// @param successor who takes over its holdings, and its role if it has it
    record FailOver(
            MoveId id,
            ClusterId cluster,
            Fence seenFence,
            FailoverCause cause,
            boolean force,
            Successor successor,
            PlanId plan)
            implements OfHoldings {
        /// Refuses an id that no caller can choose, and a force that is nobody's.
        public FailOver {
            id = id.ofCaller();
            if (force && cause.isAutomatic()) {
                throw new MalformedException(
                        new Expectation("force", "for the cause OPERATOR only", cause.name()));
            }
        }

        @Override
        public boolean isOfLeader() {
            return cause.isAutomatic();
        }
    }

    /// Demotes the primary, healthy or not, and makes another cluster the primary: a [FailOver] by
    /// an operator. Refused with `ILLEGAL_TRANSITION` if `cluster` is not the primary.
    record DemoteAndPromote(
            MoveId id, ClusterId cluster, Fence seenFence, Successor successor, PlanId plan)
            implements OfHoldings {
        /// Refuses an id that no caller can choose.
        public DemoteAndPromote {
            id = id.ofCaller();
        }
    }

    /// Gives a healthy cluster back the holdings that it had claimed and lost.
    record FailBack(MoveId id, ClusterId cluster, PlanId plan) implements OfHoldings {
        /// Refuses an id that no caller can choose.
        public FailBack {
            id = id.ofCaller();
        }
    }

    /// Moves what a cluster owns, while it lives on. What nobody may take over stays.
    ///
    /// @param types the types to move; empty for all
    record Evacuate(
            MoveId id, ClusterId cluster, List<GrainType> types, Successor successor, PlanId plan)
            implements OfHoldings {
        /// Copies the list, without repetitions, and refuses an id that no caller can choose.
        public Evacuate {
            id = id.ofCaller();
            types = types.stream().distinct().sorted().toList();
        }
    }
}
