package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.statemachine.ratis.RatisMachine;

import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What Ratis says of this server's place in the quorum.
final class Seat {
    private final RaftServer.Division division;
    private final RatisMachine machine;
    private final List<ServerId> others;

    Seat(RaftServer server, Members members, RatisMachine machine) {
        try {
            this.division = server.getDivision(members.group().getGroupId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.machine = machine;
        this.others =
                members.group().getPeers().stream()
                        .map(peer -> Members.serverId(peer.getId()))
                        .filter(id -> !Members.peerId(id).equals(server.getId()))
                        .toList();
    }

    /// What a leader knows at one moment.
    ///
    /// @param ready whether this server leads and has applied an entry of its own term
    record Leadership(boolean ready, long term, long commitIndex) {}

    /// Returns whether this server leads. The term is read first: if it grows meanwhile, whoever
    /// is asked whether it still holds says no.
    Leadership leadership() {
        DivisionInfo info = info();
        long term = info.getCurrentTerm();
        boolean ready = info.isLeader() && info.isLeaderReady();
        long commitIndex = division.getRaftLog().getLastCommittedIndex();
        return new Leadership(ready && term == info.getCurrentTerm(), term, commitIndex);
    }

    /// The highest term that this server has heard of or voted in.
    long term() {
        return info().getCurrentTerm();
    }

    /// How far this server has applied the log, entries without commands included.
    long appliedIndex() {
        return machine.appliedIndex();
    }

    /// Whether this server has nothing in its log and never had: it took part in no decision.
    boolean isBlank() {
        boolean hasState = machine.appliedIndex() >= 0 && !machine.isAsRestored();
        return !hasState && division.getRaftLog().getLastEntryTermIndex() == null;
    }

    boolean leads() {
        return info().isLeader();
    }

    Optional<ServerId> leader() {
        RaftPeerId leader = info().getLeaderId();
        return leader == null ? Optional.empty() : Optional.of(Members.serverId(leader));
    }

    OptionalLong leadingTerm() {
        DivisionInfo info = info();
        return info.isLeader() && info.isLeaderReady()
                ? OptionalLong.of(info.getCurrentTerm())
                : OptionalLong.empty();
    }

    Standing standing() {
        DivisionInfo info = info();
        boolean ready = info.isLeader() && info.isLeaderReady();
        return new Standing(
                role(info),
                info.getCurrentTerm(),
                leader(),
                ready,
                progress(info),
                ready ? 0 : millisSinceLeaderHeard(info),
                info.isLeader() ? matchIndexes(info) : Map.of(),
                machine.snapshotIndex());
    }

    private Progress progress(DivisionInfo info) {
        RaftLog log = division.getRaftLog();
        long applied = info.getLastAppliedIndex();
        long flushed = log.getFlushIndex();
        return new Progress(log.getNextIndex() - 1, flushed, log.getLastCommittedIndex(), applied);
    }

    ServerId furthestFollower() {
        return matchIndexes(info()).entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new QuorumUnavailableException("there is no other server"));
    }

    /// Ratis lists followers without their names, in the order of the configuration.
    private Map<ServerId, Long> matchIndexes(DivisionInfo info) {
        // There are none until a new leader is set up.
        long[] indexes = Objects.requireNonNullElse(info.getFollowerMatchIndices(), new long[0]);
        Map<ServerId, Long> named = new TreeMap<>();
        for (int i = 0; i < Math.min(indexes.length, others.size()); i++) {
            named.put(others.get(i), indexes[i]);
        }
        return named;
    }

    private static Role role(DivisionInfo info) {
        if (!info.isAlive()) {
            return Role.STOPPED;
        }
        RaftPeerRole role = info.getCurrentRole();
        return switch (role) {
            case LEADER -> Role.LEADER;
            case CANDIDATE -> Role.CANDIDATE;
            case FOLLOWER, LISTENER -> Role.FOLLOWER;
            case UNRECOGNIZED -> Role.STOPPED;
        };
    }

    private static long millisSinceLeaderHeard(DivisionInfo info) {
        if (!info.isFollower()) {
            return -1;
        }
        FollowerInfoProto follower = info.getRoleInfoProto().getFollowerInfo();
        return follower.hasLeaderInfo() ? follower.getLeaderInfo().getLastRpcElapsedTimeMs() : -1;
    }

    private DivisionInfo info() {
        return division.getInfo();
    }
}
