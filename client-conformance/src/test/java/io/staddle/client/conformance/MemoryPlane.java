package io.staddle.client.conformance;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.api.model.Removal;
import io.staddle.client.migration.DataProgress;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The smallest data plane that conforms: one object that all nodes share; and ones that do not.
final class MemoryPlane implements DataPlaneUnderTest, MigrationDataPlane {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final Set<Fault> faults;
    private final Map<VShardId, Shard> shards = new TreeMap<>();
    private final Map<NodeId, Member> members = new TreeMap<>();
    private final Map<NodeId, Long> left = new TreeMap<>();
    private NodeId leader = A;

    /// @param by the vShard and number of the move that made it what it is
    private record Member(Membership is, String by) {}

    private static final class Shard {
        private Serving serving = new Serving(A, Epoch.NONE.next());
        private long seen;
        private long over;
        private long resumed;
        private boolean paused;
        private final List<String> written = new ArrayList<>();
    }

    MemoryPlane(Set<Fault> faults) {
        this.faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
        shards.put(vShard(), new Shard());
        shards.put(otherVShard(), new Shard());
        members.put(A, new Member(Membership.VOTER, ""));
        members.put(B, new Member(Membership.VOTER, ""));
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    private Shard shard(Move move) {
        return shards.computeIfAbsent(move.vShard(), each -> new Shard());
    }

    private static String name(Move move) {
        return move.vShard() + "/" + move.number();
    }

    private boolean isLate(Move move) {
        Shard shard = shard(move);
        boolean late = move.number() <= shard.over || move.number() < shard.seen;
        shard.seen = Math.max(shard.seen, move.number());
        return late && !has(Fault.NO_FENCE);
    }

    private Effect fenced(Move move) {
        return new Effect.Fenced(shard(move).seen);
    }

    @Override
    public synchronized Effect addLearner(Move move) {
        if (isLate(move)) {
            return fenced(move);
        }
        Member is = members.get(move.target());
        if (is == null || has(Fault.DEMOTES) || is.is() == Membership.LEARNER) {
            members.put(move.target(), new Member(Membership.LEARNER, name(move)));
        }
        return new Effect.Done();
    }

    @Override
    public synchronized DataProgress progress(Move move) {
        long last = 1L + shard(move).written.size();
        boolean there = members.containsKey(move.target()) || has(Fault.BOASTS);
        return new DataProgress(last, there ? last : 0, 0);
    }

    @Override
    public synchronized Effect promote(Move move) {
        if (isLate(move)) {
            return fenced(move);
        }
        Member is = members.get(move.target());
        if (is == null || is.is() != Membership.VOTER) {
            members.put(move.target(), new Member(Membership.VOTER, name(move)));
        }
        return new Effect.Done();
    }

    @Override
    public synchronized Effect pauseWrites(Move move) {
        boolean again = move.number() <= shard(move).resumed && !has(Fault.PAUSES_AGAIN);
        if (isLate(move) || again) {
            return fenced(move);
        }
        for (Shard shard : has(Fault.PAUSES_ALL) ? shards.values() : Set.of(shard(move))) {
            shard.paused = !has(Fault.NO_PAUSE);
        }
        return new Effect.Done();
    }

    @Override
    public synchronized Effect transferLeadership(Move move) {
        if (isLate(move)) {
            return fenced(move);
        }
        if (!has(Fault.NEVER_LEADS)) {
            leader = move.target();
        }
        return new Effect.Done();
    }

    @Override
    public synchronized Effect resumeWrites(Move move, Serving serving) {
        Shard shard = shard(move);
        if (move.number() < shard.seen && !has(Fault.RESUMES_LATE)) {
            return fenced(move);
        }
        shard.seen = Math.max(shard.seen, move.number());
        shard.resumed = Math.max(shard.resumed, move.number());
        boolean older = serving.epoch().compareTo(shard.serving.epoch()) < 0;
        if (!older || has(Fault.EPOCH_FALLS)) {
            shard.serving = serving;
            shard.paused = false;
        }
        return new Effect.Done();
    }

    @Override
    public synchronized Effect removeMember(Move move) {
        if (move.number() < shard(move).seen && !has(Fault.REMOVES_LATE)) {
            return fenced(move);
        }
        Member is = members.get(move.target());
        boolean ours = is != null && is.by().equals(name(move));
        if (has(Fault.REMOVES_ALWAYS)
                || ours && move.before() == Membership.NONE
                || is != null && has(Fault.REMOVES_OF_OTHERS) && !is.by().isEmpty()) {
            members.remove(move.target());
        } else if (ours && move.before() == Membership.LEARNER) {
            members.put(move.target(), new Member(Membership.LEARNER, ""));
        }
        return new Effect.Done();
    }

    @Override
    public synchronized Effect fence(Move move) {
        shard(move).over = Math.max(shard(move).over, move.number());
        shard(move).seen = Math.max(shard(move).seen, move.number());
        return new Effect.Done();
    }

    @Override
    public synchronized Effect leave(GroupId group, Removal removal) {
        long last = left.getOrDefault(removal.node(), 0L);
        boolean late = removal.configVersion() < last && !has(Fault.LEAVES_LATE);
        if (late) {
            return new Effect.Fenced(last);
        }
        if (removal.configVersion() == last && !has(Fault.LEAVES_AGAIN)) {
            return new Effect.Done();
        }
        if (are(Membership.VOTER).equals(Set.of(removal.node())) && !has(Fault.LEAVES_NOBODY)) {
            return new Effect.Pending("it is the only one that votes");
        }
        left.put(removal.node(), Math.max(last, removal.configVersion()));
        if (!has(Fault.STAYS)) {
            members.remove(removal.node());
            leader = are(Membership.VOTER).stream().sorted().findFirst().orElse(leader);
        }
        return new Effect.Done();
    }

    @Override
    public GroupId group() {
        return new GroupId(1);
    }

    @Override
    public VShardId vShard() {
        return new VShardId(0);
    }

    @Override
    public VShardId otherVShard() {
        return new VShardId(1);
    }

    @Override
    public NodeId source() {
        return A;
    }

    @Override
    public NodeId voter() {
        return B;
    }

    @Override
    public NodeId target() {
        return C;
    }

    @Override
    public MigrationDataPlane at(NodeId node) {
        return this;
    }

    @Override
    public synchronized Members members() {
        return new Members(are(Membership.VOTER), are(Membership.LEARNER));
    }

    private Set<NodeId> are(Membership what) {
        Set<NodeId> nodes = new HashSet<>();
        members.forEach((node, member) -> {
            if (member.is() == what) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    @Override
    public synchronized NodeId leader() {
        return leader;
    }

    @Override
    public synchronized void changeLeader() {
        leader = leader.equals(A) ? B : A;
        if (has(Fault.LEAVES_OF_THE_LEADER)) {
            left.clear();
        }
        if (has(Fault.FENCE_OF_THE_LEADER)) {
            shards.values()
                    .forEach(shard -> {
                        shard.seen = 0;
                        shard.over = 0;
                    });
        }
    }

    @Override
    public synchronized boolean write(VShardId vShard, Serving as, String value) {
        Shard shard = shards.computeIfAbsent(vShard, each -> new Shard());
        boolean taken = !shard.paused && (shard.serving.equals(as) || has(Fault.ANY_EPOCH));
        if (taken) {
            shard.written.add(value);
        }
        return taken;
    }

    @Override
    public synchronized List<String> written(VShardId vShard, NodeId at) {
        return members.containsKey(at)
                ? List.copyOf(shards.computeIfAbsent(vShard, each -> new Shard()).written)
                : List.of();
    }

    @Override
    public void close() {}
}
