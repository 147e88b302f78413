package io.staddle.api.command;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeState;

import java.util.List;

/// Commands about data nodes.
public sealed interface NodeCommand extends Command {
    /// Makes a node known, or says that it has restarted or moved. Repeated it changes nothing;
    /// refused with `STALE_INCARNATION` below the highest incarnation that the node ever had.
    ///
    /// @param incarnation which life of the node this is, 1 or more; higher after each restart
    record RegisterNode(NodeId node, NodeAddress address, long incarnation) implements NodeCommand {
        /// Refuses a life that is none.
        public RegisterNode {
            Checks.positive("incarnation", incarnation);
        }
    }

    /// Lets a node take part more or less. A node that is so already stays as it is.
    ///
    /// @param seenVersion the record's version last seen
    record SetNodeState(NodeId node, NodeState state, long seenVersion) implements NodeCommand {
        /// Refuses a state that a node is never put into.
        public SetNodeState {
            Checks.expect(state != NodeState.JOINING, "state", "another than JOINING", state);
        }
    }

    /// Lets a node leave for good, unless one of its groups would then have fewer voters than its
    /// replication factor: it is drained, and DECOMMISSIONED once it is in no group any more.
    ///
    /// @param seenVersion the record's version last seen
    record DecommissionNode(NodeId node, long seenVersion) implements NodeCommand {}

    /// Forgets a node that was decommissioned. Its incarnation is remembered. Repeated it changes
    /// nothing.
    record RemoveNode(NodeId node) implements NodeCommand {}

    /// Notes when nodes were last heard. Only by the leader. Beats of unknown nodes, of other
    /// incarnations, and from before the last one change nothing.
    ///
    /// @param beats 1 to 10,000, one a node
    record RecordNodeBeats(List<NodeBeat> beats) implements NodeCommand {
        /// Copies the list, and refuses two beats of one node.
        public RecordNodeBeats {
            Checks.inRange("beats", beats.size(), 1, 10_000);
            long nodes = beats.stream().map(NodeBeat::node).distinct().count();
            Checks.inRange("nodes of beats", nodes, beats.size(), beats.size());
            beats = List.copyOf(beats);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }
}
