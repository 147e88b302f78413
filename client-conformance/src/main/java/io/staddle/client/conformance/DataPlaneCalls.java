package io.staddle.client.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.api.model.Removal;
import io.staddle.client.migration.DataProgress;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/// What the tests of a data plane are written with: calls at source and target in turn, repeated
/// while they are pending, and writes.
abstract class DataPlaneCalls {
    static final Epoch FIRST = Epoch.NONE.next();

    private @Nullable DataPlaneUnderTest current;
    Members before = new Members(Set.of(), Set.of());

    /// Sets up a data plane for one test.
    ///
    /// @throws Exception if that fails; so does the test then
    protected abstract DataPlaneUnderTest setUp() throws Exception;

    /// Returns how long a call may be pending, and how long the target may need to get a write:
    /// half a minute unless overridden.
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    final void setUpSubject() throws Exception {
        current = setUp();
        before = subject().members();
    }

    @AfterEach
    final void closeSubject() {
        if (current != null) {
            current.close();
        }
    }

    final DataPlaneUnderTest subject() {
        return Objects.requireNonNull(current, "set up before each test");
    }

    final Members withTarget() {
        Set<NodeId> voters = new HashSet<>(before.voters());
        voters.add(subject().target());
        return new Members(voters, before.learners());
    }

    final Move move(long number, Membership targetBefore) {
        return move(number, subject().target(), targetBefore);
    }

    final Move move(long number, NodeId target, Membership targetBefore) {
        return of(subject().vShard(), number, target, targetBefore);
    }

    final Move of(VShardId vShard, long number, NodeId target, Membership targetBefore) {
        return new Move(
                new MigrationId("move-" + vShard + "-" + number),
                number,
                vShard,
                subject().group(),
                subject().source(),
                target,
                targetBefore,
                FIRST);
    }

    /// As agents undo.
    final void undo(Move move) {
        done(move, (plane, each) -> plane.resumeWrites(each, move.undone()));
        done(move, MigrationDataPlane::fence);
        done(move, MigrationDataPlane::removeMember);
    }

    final void twice(Move move, BiFunction<MigrationDataPlane, Move, Effect> call) {
        done(move, call);
        done(move, call);
    }

    /// Calls both nodes in turn until both say that it is done, as agents do: neither has to be
    /// able to do it alone.
    final void done(Move move, BiFunction<MigrationDataPlane, Move, Effect> call) {
        List<NodeId> left = new ArrayList<>(List.of(move.target(), move.source()));
        List<Effect> last = new ArrayList<>();
        await(() -> {
            last.clear();
            left.removeIf(at -> {
                Effect effect = call.apply(subject().at(at), move);
                last.add(effect);
                return effect instanceof Effect.Done;
            });
            return left.isEmpty();
        });
        assertEquals(List.of(), left, "who has not done it: " + move + ", " + last);
    }

    final void done(NodeId at, Move move, BiFunction<MigrationDataPlane, Move, Effect> call) {
        assertInstanceOf(Effect.Done.class, call(at, move, call), move + " at " + at);
    }

    final void fenced(Move move, BiFunction<MigrationDataPlane, Move, Effect> call) {
        for (NodeId at : List.of(move.source(), move.target())) {
            assertInstanceOf(Effect.Fenced.class, call(at, move, call), move + " at " + at);
        }
    }

    /// Repeats what is pending.
    final Effect call(NodeId at, Move move, BiFunction<MigrationDataPlane, Move, Effect> call) {
        List<Effect> last = new ArrayList<>(List.of(new Effect.Pending("not called yet")));
        await(() -> {
            last.set(0, call.apply(subject().at(at), move));
            return !(last.getFirst() instanceof Effect.Pending);
        });
        return last.getFirst();
    }

    /// Has a node leave the group, through each of the others and itself.
    final void leave(NodeId node, long configVersion) {
        Removal removal = new Removal(node, configVersion);
        for (NodeId at : List.of(subject().source(), node)) {
            assertTrue(
                    await(() ->
                            subject().at(at).leave(subject().group(), removal)
                                    instanceof Effect.Done),
                    removal + " at " + at);
        }
    }

    final Members without(NodeId... nodes) {
        Set<NodeId> voters = new HashSet<>(before.voters());
        voters.removeAll(List.of(nodes));
        return new Members(voters, before.learners());
    }

    final DataProgress progress(Move move) {
        return subject().at(move.target()).progress(move);
    }

    final void awaitComplete(Move move) {
        assertTrue(await(() -> progress(move).isComplete()), "complete: " + progress(move));
    }

    final List<String> write(NodeId holder, Epoch epoch, int from, int to) {
        List<String> acknowledged = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            if (subject().write(subject().vShard(), new Serving(holder, epoch), "value-" + i)) {
                acknowledged.add("value-" + i);
            }
        }
        return acknowledged;
    }

    final void awaitWritten(List<String> expected) {
        await(() -> subject().written(subject().vShard(), subject().target()).equals(expected));
        assertEquals(expected, subject().written(subject().vShard(), subject().target()));
    }

    final void awaitAll(List<String> expected) {
        assertTrue(
                await(() ->
                        subject()
                                .written(subject().vShard(), subject().target())
                                .containsAll(expected)),
                "the target has what was acknowledged before the pause");
    }

    /// Returns whether it came to hold.
    final boolean await(BooleanSupplier holds) {
        long end = System.nanoTime() + patience().toNanos();
        boolean held = holds.getAsBoolean();
        while (!held && System.nanoTime() - end < 0) {
            sleep();
            held = holds.getAsBoolean();
        }
        return held;
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", stop);
        }
    }
}
