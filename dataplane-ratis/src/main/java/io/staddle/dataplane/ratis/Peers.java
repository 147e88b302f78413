package io.staddle.dataplane.ratis;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;

import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What Ratis calls nodes and groups, and where it reaches them.
final class Peers {
    private final long deployment;
    private final Supplier<Map<NodeId, NodeAddress>> addresses;

    Peers(String deployment, Supplier<Map<NodeId, NodeAddress>> addresses) {
        this.deployment =
                UUID.nameUUIDFromBytes(deployment.getBytes(StandardCharsets.UTF_8))
                        .getMostSignificantBits();
        this.addresses = addresses;
    }

    Set<NodeId> all() {
        return addresses.get().keySet();
    }

    RaftGroupId group(GroupId group) {
        return RaftGroupId.valueOf(new UUID(deployment, group.value()));
    }

    static GroupId group(RaftGroupId group) {
        return new GroupId((int) group.getUuid().getLeastSignificantBits());
    }

    static NodeId node(RaftPeerId peer) {
        return new NodeId(peer.toString());
    }

    static RaftPeerId id(NodeId node) {
        return RaftPeerId.valueOf(node.value());
    }

    /// @throws IllegalStateException if nobody knows where the node is
    RaftPeer peer(NodeId node, RaftPeerRole startsAs) {
        NodeAddress address = addresses.get().get(node);
        if (address == null) {
            throw new IllegalStateException("the address of node " + node + " was expected");
        }
        return RaftPeer.newBuilder()
                .setId(id(node))
                .setAddress(address.toString())
                .setStartupRole(startsAs)
                .build();
    }

    List<RaftPeer> peers(SortedSet<NodeId> nodes, RaftPeerRole startAs) {
        return nodes.stream().map(node -> peer(node, startAs)).toList();
    }

    static Configuration members(RaftConfiguration found) {
        return new Configuration(
                nodes(found, RaftPeerRole.FOLLOWER), nodes(found, RaftPeerRole.LISTENER));
    }

    private static SortedSet<NodeId> nodes(RaftConfiguration found, RaftPeerRole role) {
        return found.getAllPeers(role).stream()
                .map(peer -> node(peer.getId()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
