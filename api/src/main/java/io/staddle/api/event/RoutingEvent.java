package io.staddle.api.event;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;

import java.util.List;

/// What happened to data nodes, groups and vShards.
public sealed interface RoutingEvent extends Event {
    /// A node became known, restarted or moved.
    record NodeRegistered(NodeRecord node) implements RoutingEvent {}

    /// A node takes part more or less than before.
    record NodeStateChanged(NodeState from, NodeRecord node) implements RoutingEvent {}

    /// Nodes were heard.
    record NodesHeard(List<NodeBeat> beats) implements RoutingEvent {
        /// Copies the list.
        public NodesHeard {
            beats = List.copyOf(beats);
        }
    }

    /// A node was forgotten; its incarnation is remembered.
    record NodeRemoved(NodeId node, long incarnation) implements RoutingEvent {}

    /// Groups and vShards were made.
    record RoutingInitialised(RoutingLayout layout) implements RoutingEvent {}

    /// The members of a group changed.
    ///
    /// @param group as it is now
    record GroupChanged(GroupChange change, NodeId node, GroupRecord group)
            implements RoutingEvent {}

    /// A node said something new of its group.
    ///
    /// @param group as it is now
    record GroupReported(NodeId node, GroupRecord group) implements RoutingEvent {}

    /// Who is to lead a group was decided, and is not known from a report.
    ///
    /// @param group as it is now
    record LeaderChosen(GroupRecord group) implements RoutingEvent {}

    /// Another node serves a vShard.
    ///
    /// @param from who served it before
    /// @param vShard as it is now
    record VShardMoved(NodeId from, VShardRecord vShard) implements RoutingEvent {}
}
