package io.staddle.statemachine.machine;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Coordinator;
import io.staddle.api.model.Participation;
import io.staddle.statemachine.state.BarrierSeat;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.ScopeLease;
import io.staddle.storage.Batch;
import io.staddle.storage.Store;
import io.staddle.storage.View;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// I16 and I17 are seen broken: damage is done past the rules, and the right number is said.
final class BarrierInvariantsTest {
    private static final ScopeId S = new ScopeId("s");
    private static final NodeId A = new NodeId("a");
    private static final BarrierId OVER = new BarrierId(S, 1);
    private static final BarrierId SKIPPED = new BarrierId(S, 2);
    private static final BarrierId OPEN = new BarrierId(S, 3);
    private static final BarrierDecision ABORTED =
            new BarrierDecision.Aborted(BarrierAbortCode.OPERATOR, "", List.of(), 1);

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage("I16 the epochs of a scope", b -> scope(b, s -> s.begun(0))),
                new Damage("I16 an epoch that was not given", b -> scope(b, s -> s.begun(1))),
                new Damage("I16 an epoch that was not given", b -> scope(b, s -> s.forgotten(3))),
                new Damage("I16 two open barriers", b -> scope(b, s -> s.begun(9))),
                new Damage("I16 a barrier of no scope", b -> b.delete(Schema.BARRIER_SCOPES, S)),
                new Damage("I16 a lease of a scope that nobody", BarrierInvariantsTest::lease),
                new Damage(
                        "I16 a barrier in the wrong place", b -> open(b, r -> r.decided(ABORTED))),
                new Damage("I16 the votes are", b -> b.delete(Schema.BARRIER_SEATS, seat(OPEN))),
                new Damage("I16 committed without all", b -> fresh(b, OVER)),
                new Damage(
                        "I16 a participant of no barrier", b -> b.delete(Schema.BARRIERS, OPEN)));
    }

    static Stream<Damage> steps() {
        return Stream.of(
                new Damage("I16 a scope went", b -> b.delete(Schema.BARRIER_SCOPES, S)),
                new Damage("I16 a token or an epoch fell", b -> scope(b, s -> s.begun(1))),
                new Damage(
                        "I16 a token or an epoch fell",
                        b -> scope(b, s -> s.coordinatedBy(Coordinator.NONE))),
                new Damage(
                        "I16 another coordinator", b -> scope(b, BarrierInvariantsTest::usurped)),
                new Damage("I17 the watermark fell", b -> scope(b, BarrierInvariantsTest::lowered)),
                new Damage("I16 a decision changed", b -> over(b, r -> r.decided(ABORTED))),
                new Damage("I16 a decision changed", b -> b.delete(Schema.DECIDED_BARRIERS, OVER)),
                new Damage("I16 a vote changed", b -> fresh(b, OVER)),
                new Damage("I16 an epoch was given again", BarrierInvariantsTest::again));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageIsFound(Damage damage) {
        damage.isFoundIn(store());
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepThatIsNoneIsFound(Damage damage) {
        damage.isFoundAsAStepOf(store());
    }

    /// One barrier that is committed, and one that is open and has a vote.
    private static Store store() {
        Directory directory = Directory.onHeap();
        for (String line :
                List.of(
                        "level 3",
                        "coordinate s c",
                        "begin s c1 a epoch 1",
                        "vote s/1 a ok 7",
                        "commit s/1",
                        "begin s c2 a,b epoch 3",
                        "vote s/3 a ok 8")) {
            try (View view = directory.store().view()) {
                directory.apply(Script.parse(line, view, directory.clockMillis()));
            }
        }
        return directory.store();
    }

    private static void scope(Batch batch, UnaryOperator<BarrierScope> change) {
        BarrierScope scope = batch.get(Schema.BARRIER_SCOPES, S).orElseThrow();
        batch.update(Schema.BARRIER_SCOPES, S, change.apply(scope));
    }

    private static void open(Batch batch, UnaryOperator<BarrierRecord> change) {
        BarrierRecord barrier = batch.get(Schema.BARRIERS, OPEN).orElseThrow();
        batch.update(Schema.BARRIERS, OPEN, change.apply(barrier));
    }

    private static void over(Batch batch, UnaryOperator<BarrierRecord> change) {
        BarrierRecord barrier = batch.get(Schema.DECIDED_BARRIERS, OVER).orElseThrow();
        batch.update(Schema.DECIDED_BARRIERS, OVER, change.apply(barrier));
    }

    private static void lease(Batch batch) {
        batch.put(Schema.SCOPE_LEASES, new ScopeId("x"), new ScopeLease(1, 1));
    }

    private static void fresh(Batch batch, BarrierId barrier) {
        batch.update(Schema.BARRIER_SEATS, seat(barrier), Participation.of(A, 1));
    }

    /// An epoch that was passed over is given after all.
    private static void again(Batch batch) {
        BarrierRecord open = batch.get(Schema.BARRIERS, OPEN).orElseThrow();
        BarrierRecord skipped =
                new BarrierRecord(
                        SKIPPED,
                        open.checkpoint(),
                        open.token(),
                        open.policy(),
                        open.tally(),
                        open.beganMillis(),
                        open.timeoutMillis(),
                        open.deadlineMillis(),
                        ABORTED);
        batch.insert(Schema.DECIDED_BARRIERS, SKIPPED, skipped);
    }

    private static BarrierScope usurped(BarrierScope scope) {
        Coordinator coordinator = scope.coordinator();
        return scope.coordinatedBy(new Coordinator(coordinator.node(), 9, coordinator.token()));
    }

    private static BarrierScope lowered(BarrierScope scope) {
        return scope.committed(new CommittedBarrier(1, new CheckpointId("c1")), OptionalLong.of(6));
    }

    private static BarrierSeat seat(BarrierId barrier) {
        return new BarrierSeat(barrier, A);
    }
}
