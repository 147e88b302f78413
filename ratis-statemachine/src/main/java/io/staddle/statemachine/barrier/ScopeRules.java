package io.staddle.statemachine.barrier;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand.AcquireCoordinator;
import io.staddle.api.command.BarrierCommand.ConfigureScope;
import io.staddle.api.command.BarrierCommand.ReleaseCoordinator;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Coordinator;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Deadlines;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.ScopeLease;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which scopes there are, and who coordinates them.
final class ScopeRules {
    private ScopeRules() {}

    static Decision configure(ConfigureScope configure, Reads view) {
        Optional<BarrierScope> known = Barriers.scope(configure.scope(), view);
        Optional<Refusal> tooMany = known.isPresent() ? Optional.empty() : tooMany(view);
        if (tooMany.isPresent()) {
            return refuse(tooMany.get());
        }
        BarrierScope scope = known.orElseGet(() -> fresh(configure.scope(), view));
        boolean asAsked = scope.policy() == configure.policy() && scope.solo() == configure.solo();
        if (known.isPresent() && asAsked) {
            return accept(new Answer.Scope(scope));
        }
        if (configure.seenVersion() != scope.version()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "scope", scope.id().value(), configure.seenVersion(), scope.version()));
        }
        BarrierScope next = scope.configured(configure.policy(), configure.solo());
        return accept(new Answer.Scope(next), new BarrierEvent.ScopeConfigured(next));
    }

    private static BarrierScope fresh(ScopeId scope, Reads view) {
        return BarrierScope.of(scope, Numbers.restoredAbove(view));
    }

    static Decision acquire(AcquireCoordinator acquire, Reads view, Tick tick) {
        Optional<BarrierScope> known = Barriers.scope(acquire.scope(), view);
        if (known.isEmpty()) {
            return tooMany(view)
                    .map(Decision::refuse)
                    .orElseGet(() -> change(fresh(acquire.scope(), view), acquire, view, tick));
        }
        BarrierScope scope = known.get();
        Coordinator now = scope.coordinator();
        if (now.is(acquire.node())) {
            return again(scope, acquire, view, tick);
        }
        long until = until(scope, view);
        return tick.nowMillis() < until
                ? refuse(
                        new Refusal.Held(
                                scope.id(),
                                now.node().orElseThrow(),
                                until,
                                until - tick.nowMillis()))
                : change(scope, acquire, view, tick);
    }

    static Decision release(ReleaseCoordinator release, Reads view) {
        Optional<BarrierScope> known = Barriers.scope(release.scope(), view);
        if (known.isEmpty()) {
            return refuse(BarrierRules.noScope(release.scope()));
        }
        BarrierScope scope = known.get();
        Optional<Refusal> stale = BarrierRules.stale(scope, release.token());
        if (stale.isPresent()) {
            return refuse(stale.get());
        }
        Answer answer = new Answer.Coordination(scope, 0);
        return view.get(Schema.SCOPE_LEASES, scope.id()).isEmpty()
                ? accept(answer)
                : accept(answer, new BarrierEvent.CoordinatorReleased(scope.id(), release.token()));
    }

    /// Returns until when nobody else gets a scope; 0 if anybody does.
    static long until(BarrierScope scope, Reads view) {
        return view.get(Schema.SCOPE_LEASES, scope.id())
                .map(lease -> Deadlines.of(lease, view))
                .orElse(0L);
    }

    /// The same node: the same life goes on, a later one has another token, so that the earlier one
    /// is fenced.
    private static Decision again(
            BarrierScope scope, AcquireCoordinator acquire, Reads view, Tick tick) {
        long incarnation = scope.coordinator().incarnation();
        if (acquire.incarnation() < incarnation) {
            return refuse(
                    new Refusal.StaleIncarnation(
                            acquire.node(), acquire.incarnation(), incarnation));
        }
        if (acquire.incarnation() > incarnation) {
            return change(scope, acquire, view, tick);
        }
        ScopeLease lease = lease(acquire, view, tick);
        Answer answer = new Answer.Coordination(scope, lease.untilMillis());
        return view.get(Schema.SCOPE_LEASES, scope.id()).equals(Optional.of(lease))
                ? accept(answer)
                : accept(
                        answer,
                        new BarrierEvent.CoordinatorRenewed(
                                scope.id(), lease.leaseMillis(), lease.untilMillis()));
    }

    private static Decision change(
            BarrierScope scope, AcquireCoordinator acquire, Reads view, Tick tick) {
        Coordinator next = scope.coordinator().followedBy(acquire.node(), acquire.incarnation());
        ScopeLease lease = lease(acquire, view, tick);
        List<Event> events = new ArrayList<>();
        if (Barriers.scope(scope.id(), view).isEmpty()) {
            events.add(new BarrierEvent.ScopeConfigured(scope));
        }
        events.add(
                new BarrierEvent.CoordinatorChanged(
                        scope.id(), next, lease.leaseMillis(), lease.untilMillis()));
        return accept(
                new Answer.Coordination(scope.coordinatedBy(next), lease.untilMillis()), events);
    }

    private static ScopeLease lease(AcquireCoordinator acquire, Reads view, Tick tick) {
        long millis =
                acquire.leaseMillis() == 0
                        ? Configs.of(view).get(Setting.BARRIER_LEASE_MILLIS)
                        : acquire.leaseMillis();
        return new ScopeLease(millis, Deadlines.after(tick.nowMillis(), millis));
    }

    private static Optional<Refusal> tooMany(Reads view) {
        long used = view.values(Schema.BARRIER_SCOPES).size();
        long max = Configs.of(view).get(Setting.SCOPES_MAX);
        return used < max ? Optional.empty() : Optional.of(new Refusal.ScopeLimit(used, max));
    }
}
