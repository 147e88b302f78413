package io.staddle.api.command;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.RoutingLayout;

import java.util.Optional;

/// Commands about groups and vShards.
public sealed interface RoutingCommand extends Command {
    /// Makes groups and vShards, spread evenly over nodes. Once: repeated with an equal layout it
    /// changes nothing; refused with `ALREADY_INITIALIZED` if the layout differs.
    record InitRouting(RoutingLayout layout) implements RoutingCommand {}

    /// Changes the members of a group. What is so already stays as it is.
    ///
    /// @param seenConfigVersion the group's configuration last seen
    record ChangeGroup(GroupId group, GroupChange change, NodeId node, long seenConfigVersion)
            implements RoutingCommand {}

    /// Says how far a node has put the members of its group into effect, and who it takes for the
    /// leader. What is older than what was reported before is ignored.
    ///
    /// @param configVersion the newest that is in effect at the node
    /// @param leader empty if it knows none
    /// @param leaderTerm the term in which that one leads; 0 if it knows none
    record ReportGroup(
            GroupId group,
            NodeId node,
            long incarnation,
            long configVersion,
            Optional<NodeId> leader,
            long leaderTerm)
            implements RoutingCommand {
        /// Refuses negative numbers.
        public ReportGroup {
            Checks.notNegative("config version", configVersion);
            Checks.notNegative("leader term", leaderTerm);
        }
    }

    /// Says that the data plane has taken a node out of its group: it neither votes nor learns
    /// there, and nothing that is late can take it out again. What was confirmed already, or is of
    /// an earlier removal, changes nothing.
    ///
    /// @param configVersion of the removal
    /// @param by who says so: a voter of the group, or the node itself
    record ConfirmRemoval(GroupId group, NodeId node, long configVersion, NodeId by)
            implements RoutingCommand {
        /// Refuses negative numbers.
        public ConfirmRemoval {
            Checks.notNegative("config version", configVersion);
        }
    }

    /// Lets another node serve a vShard, or moves it to another group, without moving any data: an
    /// operator's command. Repeated it changes nothing.
    ///
    /// @param seenEpoch the vShard's epoch last seen
    record AssignVShard(VShardId vShard, GroupId group, NodeId leaseholder, Epoch seenEpoch)
            implements RoutingCommand {}
}
