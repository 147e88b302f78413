package io.staddle.statemachine.barrier;

import io.staddle.api.event.BarrierEvent;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierDecision.Committed;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Vote;
import io.staddle.statemachine.state.BarrierSeat;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.ScopeLease;
import io.staddle.storage.Batch;
import io.staddle.storage.KeyRange;

import java.util.ArrayList;
import java.util.List;

/// Records what happened to scopes and their barriers. It never refuses.
public final class BarrierProjection {
    private BarrierProjection() {}

    /// Records one event.
    public static void record(BarrierEvent event, Batch batch) {
        switch (event) {
            case BarrierEvent.ScopeConfigured(var scope) -> put(scope, batch);
            case BarrierEvent.CoordinatorChanged(var id, var next, var lease, var until) -> {
                put(scope(id, batch).coordinatedBy(next), batch);
                batch.put(Schema.SCOPE_LEASES, id, new ScopeLease(lease, until));
            }
            case BarrierEvent.CoordinatorRenewed(var id, var lease, var until) ->
                    batch.put(Schema.SCOPE_LEASES, id, new ScopeLease(lease, until));
            case BarrierEvent.CoordinatorReleased(var id, _) ->
                    batch.delete(Schema.SCOPE_LEASES, id);
            case BarrierEvent.BarrierBegun(var barrier, var participants) ->
                    begun(barrier, participants, batch);
            case BarrierEvent.BarrierAcknowledged(var id, var participant) ->
                    voted(id, participant, batch);
            case BarrierEvent.BarrierReady _ -> {} // For history: the votes say so.
            case BarrierEvent.BarrierCommitted(var barrier) -> committed(barrier, batch);
            case BarrierEvent.BarrierAborted(var barrier) -> decided(barrier, batch);
            case BarrierEvent.BarriersForgotten(var id, var through) -> forget(id, through, batch);
        }
    }

    private static void begun(
            BarrierRecord barrier, List<Participation> participants, Batch batch) {
        BarrierId id = barrier.id();
        put(scope(id.scope(), batch).begun(id.epoch()), batch);
        batch.insert(Schema.BARRIERS, id, barrier);
        participants.forEach(
                each -> batch.insert(Schema.BARRIER_SEATS, new BarrierSeat(id, each.node()), each));
    }

    private static void voted(BarrierId id, Participation participant, Batch batch) {
        batch.update(Schema.BARRIER_SEATS, new BarrierSeat(id, participant.node()), participant);
        if (participant.ballot().map(Ballot::vote).orElseThrow() instanceof Vote.Prepared vote) {
            BarrierRecord barrier = batch.get(Schema.BARRIERS, id).orElseThrow();
            batch.update(Schema.BARRIERS, id, barrier.with(vote));
        }
    }

    private static void committed(BarrierRecord barrier, Batch batch) {
        BarrierId id = barrier.id();
        CommittedBarrier newest = new CommittedBarrier(id.epoch(), barrier.checkpoint());
        Committed how = (Committed) barrier.decision();
        put(scope(id.scope(), batch).committed(newest, how.scopeWatermark()), batch);
        decided(barrier, batch);
    }

    private static void decided(BarrierRecord barrier, Batch batch) {
        batch.delete(Schema.BARRIERS, barrier.id());
        batch.insert(Schema.DECIDED_BARRIERS, barrier.id(), barrier);
    }

    private static void forget(ScopeId scope, long throughEpoch, Batch batch) {
        List<BarrierSeat> seats = new ArrayList<>();
        List<BarrierId> barriers = new ArrayList<>();
        KeyRange old = Barriers.between(scope, 0, throughEpoch + 1);
        try (var rows = batch.scan(Schema.DECIDED_BARRIERS, old)) {
            rows.forEachRemaining(row -> barriers.add(row.key()));
        }
        try (var rows = batch.scan(Schema.BARRIER_SEATS, old)) {
            rows.forEachRemaining(row -> seats.add(row.key()));
        }
        barriers.forEach(each -> batch.delete(Schema.DECIDED_BARRIERS, each));
        seats.forEach(each -> batch.delete(Schema.BARRIER_SEATS, each));
        put(scope(scope, batch).forgotten(throughEpoch), batch);
    }

    private static BarrierScope scope(ScopeId id, Batch batch) {
        return Barriers.scope(id, batch).orElseThrow();
    }

    private static void put(BarrierScope scope, Batch batch) {
        batch.put(Schema.BARRIER_SCOPES, scope.id(), scope);
    }
}
