package io.staddle.statemachine.machine;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Tally;
import io.staddle.api.model.Vote;
import io.staddle.statemachine.state.BarrierSeat;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What must hold of barriers: I16 and I17.
final class BarrierInvariants {
    private final Reads view;
    private final Violations violations = new Violations();

    private BarrierInvariants(Reads view) {
        this.view = view;
    }

    static List<String> violations(Reads view) {
        BarrierInvariants check = new BarrierInvariants(view);
        Transitions.rows(view, Schema.BARRIER_SCOPES).forEach(row -> check.scope(row.value()));
        Transitions.rows(view, Schema.SCOPE_LEASES).forEach(row -> check.lease(row.key()));
        Transitions.rows(view, Schema.BARRIERS).forEach(row -> check.barrier(row, true));
        Transitions.rows(view, Schema.DECIDED_BARRIERS).forEach(row -> check.barrier(row, false));
        Transitions.rows(view, Schema.BARRIER_SEATS).forEach(row -> check.seat(row.key()));
        return check.violations.toList();
    }

    static List<String> violationsBetween(Reads before, Reads after) {
        BarrierInvariants check = new BarrierInvariants(after);
        Transitions.rows(before, Schema.BARRIER_SCOPES).forEach(row -> check.scope(row, before));
        Transitions.rows(before, Schema.DECIDED_BARRIERS).forEach(check::stays);
        Transitions.rows(before, Schema.BARRIER_SEATS).forEach(check::seatStays);
        return check.violations.toList();
    }

    private void scope(BarrierScope scope) {
        violations.unless(
                scope.forgottenEpoch() <= scope.lastEpoch()
                        && scope.committed()
                                .filter(newest -> newest.epoch() > scope.lastEpoch())
                                .isEmpty(),
                "I16 the epochs of a scope are out of order: " + scope);
        violations.unless(
                scope.committed().isPresent() || scope.watermark().isEmpty(),
                "I17 a watermark of nothing that was committed: " + scope);
    }

    private void lease(ScopeId scope) {
        violations.unless(
                Barriers.scope(scope, view)
                        .filter(each -> each.coordinator().node().isPresent())
                        .isPresent(),
                "I16 a lease of a scope that nobody coordinates: " + scope);
    }

    private void barrier(Row<BarrierId, BarrierRecord> row, boolean isOpen) {
        BarrierRecord barrier = row.value();
        Optional<BarrierScope> scope = Barriers.scope(row.key().scope(), view);
        if (scope.isEmpty()) {
            violations.add("I16 a barrier of no scope: " + row.key());
            return;
        }
        long epoch = row.key().epoch();
        violations.unless(
                barrier.id().equals(row.key()) && barrier.status().isDecided() != isOpen,
                "I16 a barrier in the wrong place: " + barrier);
        violations.unless(
                epoch > scope.get().forgottenEpoch() && epoch <= scope.get().lastEpoch(),
                "I16 an epoch that was not given, or is forgotten: " + row.key());
        violations.unless(
                !isOpen || epoch == scope.get().lastEpoch(),
                "I16 two open barriers in a scope: " + row.key());
        tally(barrier);
    }

    /// COMMITTED says that every participant was prepared under that epoch and incarnation.
    private void tally(BarrierRecord barrier) {
        List<Participation> participants = Barriers.participants(barrier.id(), view);
        Tally counted = Tally.of(participants.size());
        for (Participation each : participants) {
            if (each.ballot().map(Ballot::vote).orElse(null) instanceof Vote.Prepared prepared) {
                counted = counted.with(prepared);
            }
        }
        boolean failedLater =
                barrier.status() == BarrierStatus.ABORTED
                        && counted.prepared() <= barrier.tally().prepared();
        violations.unless(
                counted.equals(barrier.tally()) || failedLater,
                "I16 the votes are " + counted + ", the barrier says " + barrier);
        violations.unless(
                barrier.status() != BarrierStatus.COMMITTED || counted.isComplete(),
                "I16 committed without all participants: " + barrier);
    }

    private void seat(BarrierSeat seat) {
        violations.unless(
                Barriers.find(seat.barrier(), view).isPresent(),
                "I16 a participant of no barrier: " + seat);
    }

    private void scope(Row<ScopeId, BarrierScope> row, Reads before) {
        BarrierScope was = row.value();
        Optional<BarrierScope> now = Barriers.scope(row.key(), view);
        if (now.isEmpty()) {
            violations.add("I16 a scope went: " + was);
            return;
        }
        BarrierScope is = now.get();
        violations.unless(
                is.coordinator().token().compareTo(was.coordinator().token()) >= 0
                        && is.lastEpoch() >= was.lastEpoch()
                        && is.forgottenEpoch() >= was.forgottenEpoch(),
                "I16 a token or an epoch fell: " + was + " -> " + is);
        violations.unless(
                is.coordinator().equals(was.coordinator())
                        || is.coordinator().token().compareTo(was.coordinator().token()) > 0,
                "I16 another coordinator with the same token: " + was + " -> " + is);
        violations.unless(
                was.watermark().isEmpty()
                        || (is.watermark().isPresent()
                                && is.watermark().getAsLong() >= was.watermark().getAsLong()),
                "I17 the watermark fell: " + was + " -> " + is);
        newEpochs(was, before);
    }

    private void newEpochs(BarrierScope was, Reads before) {
        List<BarrierRecord> barriers = new ArrayList<>(view.values(Schema.BARRIERS));
        barriers.addAll(view.values(Schema.DECIDED_BARRIERS));
        for (BarrierRecord barrier : barriers) {
            boolean isNew =
                    barrier.id().scope().equals(was.id())
                            && Barriers.find(barrier.id(), before).isEmpty();
            violations.unless(
                    !isNew || barrier.id().epoch() > was.lastEpoch(),
                    "I16 an epoch was given again: " + barrier.id());
        }
    }

    private void stays(Row<BarrierId, BarrierRecord> was) {
        Optional<BarrierRecord> is = Barriers.find(was.key(), view);
        violations.unless(
                is.equals(Optional.of(was.value())) || isForgotten(was.key(), is),
                "I16 a decision changed: " + was.value() + " -> " + is);
    }

    private void seatStays(Row<BarrierSeat, Participation> was) {
        Optional<Participation> is = view.get(Schema.BARRIER_SEATS, was.key());
        boolean stays =
                is.isPresent()
                        && is.get().incarnation() == was.value().incarnation()
                        && (was.value().ballot().isEmpty()
                                || is.get().equals(was.value())
                                || hasFailed(is.get()));
        violations.unless(
                stays || isForgotten(was.key().barrier(), is),
                "I16 a vote changed: " + was.value() + " -> " + is);
    }

    private static boolean hasFailed(Participation participant) {
        return participant.ballot().map(Ballot::vote).orElse(null) instanceof Vote.Failed;
    }

    private boolean isForgotten(BarrierId id, Optional<?> is) {
        return is.isEmpty()
                && Barriers.scope(id.scope(), view)
                        .filter(scope -> id.epoch() <= scope.forgottenEpoch())
                        .isPresent();
    }
}
