package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;

import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The servers of the quorum, in Staddle's words and in those of Ratis.
final class Members {
    private final Map<ServerId, ServerAddress> addresses;
    private final RaftGroup group;

    private Members(Map<ServerId, ServerAddress> addresses, RaftGroup group) {
        this.addresses = addresses;
        this.group = group;
    }

    static Members of(ServerConfig config) {
        List<RaftPeer> peers = config.servers().stream().map(Members::peer).toList();
        return new Members(
                config.servers().stream()
                        .collect(Collectors.toMap(ServerAddress::id, Function.identity())),
                RaftGroup.valueOf(groupId(config.deployment()), peers));
    }

    RaftGroup group() {
        return group;
    }

    /// Returns the group of a server that is in no quorum: who is comes with the log.
    RaftGroup groupOfStranger() {
        return RaftGroup.valueOf(group.getGroupId());
    }

    Optional<ServerAddress> address(ServerId id) {
        return Optional.ofNullable(addresses.get(id));
    }

    static RaftPeerId peerId(ServerId id) {
        return RaftPeerId.valueOf(id.value());
    }

    static ServerId serverId(RaftPeerId id) {
        return new ServerId(id.toString());
    }

    static RaftPeer peer(ServerAddress server) {
        return RaftPeer.newBuilder()
                .setId(peerId(server.id()))
                .setAddress(server.raft().toString())
                .setClientAddress(server.api().toString())
                .build();
    }

    /// Servers of different deployments never mistake each other for peers.
    private static RaftGroupId groupId(String deployment) {
        byte[] name = ("staddle/" + deployment).getBytes(StandardCharsets.UTF_8);
        return RaftGroupId.valueOf(UUID.nameUUIDFromBytes(name));
    }
}
