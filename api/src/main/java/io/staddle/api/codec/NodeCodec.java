package io.staddle.api.codec;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.v1.Node;

/// Codec of data nodes.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class NodeCodec {
    private NodeCodec() {}

    /// Encodes what is known of a node.
    public static Node encode(NodeRecord node) {
        return Node.newBuilder()
                .setId(node.id().value())
                .setHost(node.address().host())
                .setPort(node.address().port())
                .setIncarnation(node.incarnation())
                .setState(encode(node.state()))
                .setSeenMillis(node.seenMillis())
                .setVersion(node.version())
                .setLeaves(node.leaves())
                .build();
    }

    /// Decodes what is known of a node.
    public static NodeRecord decode(Node node) {
        return new NodeRecord(
                new NodeId(node.getId()),
                new NodeAddress(node.getHost(), node.getPort()),
                node.getIncarnation(),
                decode(node.getState()),
                node.getSeenMillis(),
                node.getVersion(),
                node.getLeaves());
    }

    /// Encodes how far a node takes part.
    public static io.staddle.api.v1.NodeState encode(NodeState state) {
        return io.staddle.api.v1.NodeState.valueOf("NODE_STATE_" + state.name());
    }

    /// Decodes how far a node takes part.
    public static NodeState decode(io.staddle.api.v1.NodeState state) {
        return Constants.decode(NodeState.class, "NODE_STATE_", state);
    }

    static io.staddle.api.v1.NodeBeat encode(NodeBeat beat) {
        return io.staddle.api.v1.NodeBeat.newBuilder()
                .setNode(beat.node().value())
                .setIncarnation(beat.incarnation())
                .setSeenAtMillis(beat.seenAtMillis())
                .build();
    }

    static NodeBeat decode(io.staddle.api.v1.NodeBeat beat) {
        return new NodeBeat(
                new NodeId(beat.getNode()), beat.getIncarnation(), beat.getSeenAtMillis());
    }
}
