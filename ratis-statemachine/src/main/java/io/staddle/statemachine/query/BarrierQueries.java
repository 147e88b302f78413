package io.staddle.statemachine.query;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.ScopeState;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Deadlines;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers questions about barriers. Deadlines and leases are shown as they count under the leader
/// of now.
public final class BarrierQueries {
    private final Reads view;

    /// Answers from the state that `view` shows.
    public BarrierQueries(Reads view) {
        this.view = view;
    }

    /// Returns all scopes, by name.
    public List<ScopeState> scopes() {
        return view.values(Schema.BARRIER_SCOPES).stream().map(this::state).toList();
    }

    /// Returns a scope.
    public Optional<ScopeState> scope(ScopeId id) {
        return Barriers.scope(id, view).map(this::state);
    }

    /// Returns a barrier and who takes part in it.
    public Optional<BarrierDetails> barrier(BarrierId id) {
        return Barriers.find(id, view)
                .map(barrier ->
                        new BarrierDetails(counted(barrier), Barriers.participants(id, view)));
    }

    /// Returns the barriers of a scope, the newest first.
    ///
    /// @param beforeEpoch only those of lower epochs; 0 for all
    /// @param limit the most of them, 1 and up
    public List<BarrierRecord> barriers(BarrierScope scope, long beforeEpoch, int limit) {
        long end = beforeEpoch == 0 ? scope.lastEpoch() + 1 : beforeEpoch;
        List<BarrierRecord> newest = new ArrayList<>();
        Barriers.open(scope, view)
                .filter(open -> open.id().epoch() < end)
                .map(this::counted)
                .ifPresent(newest::add);
        long from = Math.min(end, scope.lastEpoch() + 1);
        while (newest.size() < limit && from > 1) {
            long first = Math.max(1, from - limit);
            newest.addAll(decided(scope.id(), first, from).reversed());
            from = first <= scope.forgottenEpoch() ? 1 : first;
        }
        return newest.subList(0, Math.min(limit, newest.size()));
    }

    private List<BarrierRecord> decided(ScopeId scope, long first, long end) {
        List<BarrierRecord> found = new ArrayList<>();
        try (var rows = view.scan(Schema.DECIDED_BARRIERS, Barriers.between(scope, first, end))) {
            rows.forEachRemaining(row -> found.add(row.value()));
        }
        return found;
    }

    private ScopeState state(BarrierScope scope) {
        long until =
                view.get(Schema.SCOPE_LEASES, scope.id())
                        .map(lease -> Deadlines.of(lease, view))
                        .orElse(0L);
        return new ScopeState(scope, until, Barriers.open(scope, view).map(this::counted));
    }

    private BarrierRecord counted(BarrierRecord barrier) {
        return barrier.status().isDecided() ? barrier : barrier.until(Deadlines.of(barrier, view));
    }
}
