package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;

import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads who is in the quorum from Ratis' configuration, whenever that has changed.
final class Rosters {
    private final RaftServer.Division division;
    private final Members configured;
    private volatile Read last;

    private record Read(RaftConfiguration from, Roster roster) {}

    /// @param configured where servers are, if this server's configuration says so
    Rosters(RaftServer.Division division, Members configured) {
        this.division = division;
        this.configured = configured;
        this.last = read(division.getRaftConf());
    }

    @SuppressWarnings("ReferenceEquality") // Ratis makes another one of each change
    Roster now() {
        RaftConfiguration conf = division.getRaftConf();
        Read read = last;
        if (read.from() != conf) {
            read = read(conf);
            last = read;
        }
        return read.roster();
    }

    /// Returns who listens for the other servers at `HOST:PORT`; while a change goes on, those of
    /// before too.
    Optional<ServerId> at(String hostPort) {
        RaftConfiguration conf = division.getRaftConf();
        return Stream.of(RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER)
                .flatMap(role -> conf.getAllPeers(role).stream())
                .filter(peer -> hostPort.equals(peer.getAddress()))
                .map(peer -> Members.serverId(peer.getId()))
                .findFirst();
    }

    /// Returns those that count, as Ratis has them.
    List<RaftPeer> voters() {
        return List.copyOf(division.getRaftConf().getCurrentPeers(RaftPeerRole.FOLLOWER));
    }

    /// Returns those that listen, as Ratis has them.
    List<RaftPeer> listeners() {
        return List.copyOf(division.getRaftConf().getCurrentPeers(RaftPeerRole.LISTENER));
    }

    private Read read(RaftConfiguration conf) {
        Map<ServerId, Member> members = new TreeMap<>();
        add(conf.getAllPeers(RaftPeerRole.LISTENER), false, members);
        add(conf.getAllPeers(RaftPeerRole.FOLLOWER), true, members);
        List<Set<ServerId>> ballots = new ArrayList<>();
        ballots.add(ids(conf.getCurrentPeers(RaftPeerRole.FOLLOWER)));
        Collection<RaftPeer> previous = conf.getPreviousPeers(RaftPeerRole.FOLLOWER);
        if (!previous.isEmpty()) {
            ballots.add(ids(previous));
        }
        return new Read(conf, new Roster(List.copyOf(members.values()), ballots));
    }

    private void add(Collection<RaftPeer> peers, boolean votes, Map<ServerId, Member> members) {
        for (RaftPeer peer : peers) {
            ServerId id = Members.serverId(peer.getId());
            members.put(id, new Member(address(id, peer), votes, peer.getPriority()));
        }
    }

    private ServerAddress address(ServerId id, RaftPeer peer) {
        return configured
                .address(id)
                .orElseGet(() ->
                        new ServerAddress(
                                id,
                                HostPort.parse(peer.getClientAddress()),
                                HostPort.parse(peer.getAddress())));
    }

    private static Set<ServerId> ids(Collection<RaftPeer> peers) {
        return peers.stream()
                .map(peer -> Members.serverId(peer.getId()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
