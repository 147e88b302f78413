package io.staddle.dataplane.ratis;

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

import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/// A data plane whose groups Apache Ratis replicates: one object a node.
///
/// Who serves a vShard and in which epoch, whether its writes are paused, which attempts to move it
/// are over, and who is to be in the group: all that is decided in the log of the group, where the
/// writes are. So a write is before a pause or after it, and a late *add learner* before a fence or
/// after it, on each replica alike. [MembershipKeeper] has Ratis follow, and says why nothing comes
/// after the fence.
///
/// Any node can write, with whom it takes for the holder, and ask for steps of migrations; it need
/// not be in the group, nor lead it. Methods throw [UncheckedIOException] if the group has no
/// leader for some seconds: then nobody knows whether what was asked for was done.
public final class RatisDataPlane implements MigrationDataPlane, AutoCloseable {
    private static final Duration IN_EFFECT = Duration.ofMillis(300);

    /// What a pause costs beside one exchange with the leader: another one, and Staddle's.
    private static final int PAUSE_EXCHANGES = 4;

    private final Replicas replicas;

    private RatisDataPlane(Replicas replicas) {
        this.replicas = replicas;
    }

    /// Starts the node with the replicas that are in its directory.
    ///
    /// @param stores makes the empty data of a replica
    /// @throws IOException if a log is damaged or the port is taken
    public static RatisDataPlane start(RatisNode node, Function<GroupId, ShardStore> stores)
            throws IOException {
        return start(node, stores, () -> {});
    }

    static RatisDataPlane start(
            RatisNode node, Function<GroupId, ShardStore> stores, Runnable beforeChange)
            throws IOException {
        return new RatisDataPlane(Replicas.start(node, stores, beforeChange));
    }

    /// Makes this node's replica of a new group, unless it has one. Each of the voters does so.
    public void host(GroupId group, Collection<NodeId> voters) {
        try {
            replicas.add(group, voters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes this node's replica of a group, and its data, unless it has none. What the group
    /// takes for its members is not changed: that is only for a group, or a member, that is gone.
    public void forget(GroupId group) {
        try {
            replicas.remove(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets a node serve a vShard, if the epoch is higher than the one that the group knows: for
    /// the first holder, and for one that an operator assigned. It ends no pause of that epoch.
    public void serve(GroupId group, VShardId vShard, Serving serving) {
        send(group, new GroupCommand.Serve(vShard, serving));
    }

    /// Returns who serves a vShard, as far as this replica knows; empty if it has none.
    public Optional<Serving> serving(GroupId group, VShardId vShard) {
        return replicas.replica(group)
                .map(replica -> replica.look(state -> state.guard(vShard).serving()));
    }

    /// Returns who is in a group, as far as Ratis on this node knows; empty if it has no replica.
    public Optional<Configuration> members(GroupId group) {
        try {
            return Optional.of(Peers.members(replicas.calls(group).division().getRaftConf()));
        } catch (IOException noReplica) {
            return Optional.empty();
        }
    }

    /// Writes to a vShard for whoever takes itself for its holder. It waits for the answer.
    ///
    /// @param payload what [ShardStore#apply] gets; not to be changed any more
    public WriteOutcome write(GroupId group, VShardId vShard, Serving as, ByteBuffer payload) {
        GroupAnswer answer;
        try {
            answer =
                    replicas.calls(group)
                            .write(
                                    new GroupCommand.Write(
                                            vShard, as, UnsafeByteOperations.unsafeWrap(payload)));
        } catch (IOException e) {
            return new WriteOutcome.Unknown(String.valueOf(e));
        }
        return switch (answer) {
            case GroupAnswer.Wrote wrote ->
                    new WriteOutcome.Written(wrote.result().asReadOnlyByteBuffer());
            case GroupAnswer.Paused paused -> new WriteOutcome.Paused();
            case GroupAnswer.NotServed not -> new WriteOutcome.NotServed(not.serving());
            case GroupAnswer.Taken taken -> throw unexpected(taken);
            case GroupAnswer.Fenced fenced -> throw unexpected(fenced);
            case GroupAnswer.Needed needed -> throw unexpected(needed);
            case GroupAnswer.Each each -> throw unexpected(each);
        };
    }

    /// Looks at the data of this node's replica, which may be behind; empty if it has none. Nothing
    /// is applied meanwhile.
    public <T> Optional<T> read(GroupId group, Function<ShardStore, T> view) {
        return replicas.replica(group).map(replica -> replica.read(view));
    }

    @Override
    public Effect addLearner(Move move) {
        return isTarget(move) ? join(move) : awaitJoin(move);
    }

    private Effect join(Move move) {
        try {
            GroupAnswer answer =
                    replicas.withReplica(
                            move.group(), () -> step(GroupCommand.Kind.ADD_LEARNER, move));
            if (!(answer instanceof GroupAnswer.Taken)) {
                forgetUnlessMember(move.group());
            }
            return inEffect(answer, move);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The target itself has it decided, once its replica is there; after that anybody may.
    private Effect awaitJoin(Move move) {
        Sighting seen = look(move.group(), Attempt.of(move));
        if (seen.fencedBy() > 0) {
            return new Effect.Fenced(seen.fencedBy());
        }
        return seen.wanted() == Membership.NONE
                ? new Effect.Pending("the target has not asked to join yet")
                : inEffect(step(GroupCommand.Kind.ADD_LEARNER, move), move);
    }

    @Override
    public DataProgress progress(Move move) {
        long began = System.nanoTime();
        Sighting seen = look(move.group(), Attempt.of(move));
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        if (seen.seen() == Membership.NONE) {
            return DataProgress.UNKNOWN;
        }
        long needed = seen.pausedAt() > 0 ? seen.pausedAt() : seen.committed();
        // What is not on most voters could still be taken back.
        long there = Math.min(seen.match(), seen.committed());
        return new DataProgress(Math.max(0, needed), Math.max(0, there), PAUSE_EXCHANGES * micros);
    }

    @Override
    public Effect promote(Move move) {
        return inEffect(step(GroupCommand.Kind.PROMOTE, move), move);
    }

    @Override
    public Effect pauseWrites(Move move) {
        return decided(step(GroupCommand.Kind.PAUSE, move));
    }

    @Override
    public Effect transferLeadership(Move move) {
        return afterwards(
                step(GroupCommand.Kind.LEAD, move),
                move,
                version -> seen -> seen.leader().equals(move.target()),
                "the target does not lead");
    }

    @Override
    public Effect resumeWrites(Move move, Serving serving) {
        return decided(send(move.group(), new GroupCommand.Resume(Attempt.of(move), serving)));
    }

    @Override
    public Effect removeMember(Move move) {
        Effect effect = inEffect(step(GroupCommand.Kind.REMOVE, move), move);
        if (effect instanceof Effect.Done && isTarget(move)) {
            forgetUnlessMember(move.group());
        }
        return effect;
    }

    @Override
    public Effect fence(Move move) {
        return afterwards(
                step(GroupCommand.Kind.FENCE, move),
                move,
                version -> seen -> seen.observed() >= version,
                "a change of members may be under way");
    }

    @Override
    public Effect leave(GroupId group, Removal removal) {
        Effect effect =
                afterwards(
                        send(
                                group,
                                new GroupCommand.Leave(removal.node(), removal.configVersion())),
                        group,
                        Attempt.none(removal.node()),
                        version -> seen -> seen.hasLeft(version),
                        "the members are not in effect");
        if (effect instanceof Effect.Done && replicas.self().equals(removal.node())) {
            forgetUnlessMember(group);
        }
        return effect;
    }

    @Override
    public void close() {
        try {
            replicas.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Replicas replicas() {
        return replicas;
    }

    private boolean isTarget(Move move) {
        return replicas.self().equals(move.target());
    }

    /// Whoever is about to make this node a member holds its replica until that is decided.
    private void forgetUnlessMember(GroupId group) {
        try {
            replicas.removeIf(
                    group,
                    () -> look(group, Attempt.none(replicas.self())).wanted() == Membership.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GroupAnswer step(GroupCommand.Kind kind, Move move) {
        return send(move.group(), new GroupCommand.Step(kind, Attempt.of(move)));
    }

    private GroupAnswer send(GroupId group, GroupCommand command) {
        try {
            return replicas.calls(group).send(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sighting look(GroupId group, Attempt attempt) {
        try {
            return replicas.calls(group).look(attempt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Effect decided(GroupAnswer answer) {
        return switch (answer) {
            case GroupAnswer.Taken taken -> new Effect.Done();
            case GroupAnswer.Fenced fenced -> new Effect.Fenced(fenced.highest());
            case GroupAnswer.Needed needed -> new Effect.Pending("nobody else is known to vote");
            case GroupAnswer.Wrote wrote -> throw unexpected(wrote);
            case GroupAnswer.Paused paused -> throw unexpected(paused);
            case GroupAnswer.NotServed not -> throw unexpected(not);
            case GroupAnswer.Each each -> throw unexpected(each);
        };
    }

    private Effect inEffect(GroupAnswer answer, Move move) {
        return afterwards(
                answer,
                move,
                version -> seen -> seen.isInEffect(version),
                "the members are not in effect");
    }

    private Effect afterwards(
            GroupAnswer answer,
            Move move,
            Function<Long, Predicate<Sighting>> condition,
            String pending) {
        return afterwards(answer, move.group(), Attempt.of(move), condition, pending);
    }

    /// Waits a moment until what was decided is in effect.
    private Effect afterwards(
            GroupAnswer answer,
            GroupId group,
            Attempt attempt,
            Function<Long, Predicate<Sighting>> condition,
            String pending) {
        if (!(answer instanceof GroupAnswer.Taken taken)) {
            return decided(answer);
        }
        Predicate<Sighting> holds = condition.apply(taken.version());
        long end = System.nanoTime() + IN_EFFECT.toNanos();
        boolean held = holds.test(look(group, attempt));
        while (!held && System.nanoTime() - end < 0 && rested()) {
            held = holds.test(look(group, attempt));
        }
        return held ? new Effect.Done() : new Effect.Pending(pending);
    }

    private static boolean rested() {
        try {
            Thread.sleep(5);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static IllegalStateException unexpected(GroupAnswer answer) {
        return new IllegalStateException("another kind of answer was expected: " + answer);
    }
}
