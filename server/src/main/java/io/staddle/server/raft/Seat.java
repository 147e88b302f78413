package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.statemachine.ratis.RatisMachine;

import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What Ratis says of this server's place in the quorum.
final class Seat {
    private final RaftServer.Division division;
    private final RatisMachine machine;

    Seat(RaftServer.Division division, RatisMachine machine) {
        this.division = division;
        this.machine = machine;
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
                machine.snapshotIndex());
    }

    private Progress progress(DivisionInfo info) {
        long applied = info.getLastAppliedIndex();
        if (!info.isAlive()) {
            return new Progress(applied, applied, applied, applied); // its log is closed
        }
        RaftLog log = division.getRaftLog();
        long flushed = log.getFlushIndex();
        return new Progress(log.getNextIndex() - 1, flushed, log.getLastCommittedIndex(), applied);
    }

    /// Returns what this server knows of the others if it leads; else nothing.
    List<Follower> followers() {
        DivisionInfo info = info();
        return info.isLeader() ? followers(info) : List.of();
    }

    /// Ratis lets nobody lead in order whose priority is not the highest; of those, whoever has the
    /// most of the log.
    ServerId successor(Roster roster) {
        Map<ServerId, Integer> priorities =
                roster.voters().stream().collect(Collectors.toMap(Member::id, Member::priority));
        return followers().stream()
                .filter(each -> priorities.containsKey(each.id()))
                .max(
                        Comparator.<Follower>comparingInt(each -> each.isHeard() ? 1 : 0)
                                .thenComparingInt(each -> priorities.getOrDefault(each.id(), 0))
                                .thenComparingLong(Follower::matchIndex))
                .map(Follower::id)
                .orElseThrow(() -> new QuorumUnavailableException("there is no other server"));
    }

    /// Ratis tells the indexes without their names, in the order in which it tells the names. There
    /// are none until a new leader is set up.
    private static List<Follower> followers(DivisionInfo info) {
        long[] indexes = Objects.requireNonNullElse(info.getFollowerMatchIndices(), new long[0]);
        List<ServerRpcProto> named = info.getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < Math.min(indexes.length, named.size()); i++) {
            ServerRpcProto each = named.get(i);
            ServerId id = new ServerId(each.getId().getId().toStringUtf8());
            followers.add(new Follower(id, indexes[i], each.getLastRpcElapsedTimeMs()));
        }
        return followers;
    }

    /// Returns how far each follower's log is, if this server leads; else nothing.
    Map<ServerId, Long> matchIndexes() {
        return followers().stream()
                .collect(
                        Collectors.toMap(
                                Follower::id, Follower::matchIndex, Math::max, TreeMap::new));
    }

    private static Role role(DivisionInfo info) {
        if (!info.isAlive()) {
            return Role.STOPPED;
        }
        RaftPeerRole role = info.getCurrentRole();
        return switch (role) {
            case LEADER -> Role.LEADER;
            case CANDIDATE -> Role.CANDIDATE;
            case FOLLOWER -> Role.FOLLOWER;
            case LISTENER -> Role.LISTENER;
            case UNRECOGNIZED -> Role.STOPPED;
        };
    }

    private static long millisSinceLeaderHeard(DivisionInfo info) {
        FollowerInfoProto follower = info.getRoleInfoProto().getFollowerInfo();
        return follower.hasLeaderInfo() ? follower.getLeaderInfo().getLastRpcElapsedTimeMs() : -1;
    }

    private DivisionInfo info() {
        return division.getInfo();
    }
}
