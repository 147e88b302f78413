package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.ClusterCommand.Remove;
import io.staddle.api.command.ClusterCommand.TransferPrimary;
import io.staddle.api.command.ClusterCommand.Update;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.Fence;
import io.staddle.api.model.ClusterHealth;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Vitals;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.statemachine.replay.ReplayBacklog;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides which clusters there are, and hands on the commands about what becomes of them.
public final class ClusterRules {
    private ClusterRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(ClusterCommand command, Reads view, Tick tick) {
        return switch (command) {
            case Register register -> register(register, view, tick);
            case Update update -> update(update, view, tick);
            case Remove remove -> remove(remove, view);
            case TransferPrimary transfer -> RoleRules.transfer(transfer, view, tick);
            case ClusterCommand.OfHoldings move -> MoveRules.decide(move, view, tick);
        };
    }

    private static Decision register(Register register, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, register.cluster());
        if (known.isPresent()) {
            return known.get().profile().equals(register.profile())
                    ? accept(new Answer.Cluster(known.get()))
                    : refuse(alreadyThere(known.get()));
        }
        ClusterRecord record = newRecord(register, view, tick);
        Candidates candidates = Candidates.of(view).with(record);
        List<Event> events = new ArrayList<>();
        events.add(new ClusterEvent.Registered(record));
        if (record.role().isPrimary()) {
            Primacy first =
                    candidates.primacy().movedTo(Optional.of(record.id()), tick.nowMillis());
            events.add(new ClusterEvent.PrimacyChanged(first));
            candidates = candidates.with(first);
        }
        return accepted(record, events, Succession.afterChange(candidates, view, tick), tick);
    }

    private static ClusterRecord newRecord(Register register, Reads view, Tick tick) {
        Fence fence =
                view.get(Schema.FENCES, register.cluster())
                        .orElseGet(() -> new Fence(Numbers.restoredAbove(view)))
                        .next();
        boolean heard = register.state() == ClusterState.HEALTHY;
        return new ClusterRecord(
                register.cluster(),
                register.profile(),
                ClusterHealth.of(register.state(), tick.nowMillis()),
                new Vitals(heard ? tick.nowMillis() : 0, 0, OptionalLong.empty()),
                Succession.roleOfNew(register.profile().primaryEligible(), Primacies.of(view)),
                Fencing.registered(fence),
                Optional.empty(),
                1);
    }

    private static Decision update(Update update, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, update.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRefusals.notFound(update.cluster()));
        }
        ClusterRecord record = known.get();
        if (record.profile().equals(update.profile())) {
            return accept(new Answer.Cluster(record));
        }
        if (record.version() != update.seenVersion()) {
            return refuse(ClusterRefusals.versionConflict(record, update.seenVersion()));
        }
        ClusterRecord next = record.with(update.profile());
        List<Event> then = Succession.afterChange(Candidates.of(view).with(next), view, tick);
        return accepted(next, List.of(new ClusterEvent.Updated(next)), then, tick);
    }

    private static Decision accepted(
            ClusterRecord record, List<Event> first, List<Event> then, Tick tick) {
        List<Event> events = new ArrayList<>(first);
        events.addAll(then);
        return accept(
                new Answer.Cluster(ClusterChanges.after(record, then, tick.nowMillis())), events);
    }

    private static Decision remove(Remove remove, Reads view) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, remove.cluster());
        if (known.isEmpty()) {
            // Removed before, or never there: there is nothing to remove either way.
            return view.get(Schema.FENCES, remove.cluster()).isPresent()
                    ? accept(new Answer.Removed("clusters", 1))
                    : refuse(ClusterRefusals.notFound(remove.cluster()));
        }
        Optional<Refusal> held = heldBy(remove, known.get(), view);
        if (held.isPresent()) {
            return refuse(held.get());
        }
        List<Event> events = new ArrayList<>(HoldingMoves.closures(remove.cluster(), view));
        events.add(new ClusterEvent.Removed(remove.cluster(), known.get().fence()));
        return accept(new Answer.Removed("clusters", 1), events);
    }

    private static Optional<Refusal> heldBy(Remove remove, ClusterRecord cluster, Reads view) {
        if (cluster.version() != remove.seenVersion()) {
            return Optional.of(ClusterRefusals.versionConflict(cluster, remove.seenVersion()));
        }
        if (cluster.role().isPrimary()) {
            return Optional.of(new Refusal.IsPrimary(cluster.id()));
        }
        long owned = HoldingMoves.grainsOwnedBy(cluster.id(), view);
        if (owned > 0) {
            return Optional.of(new Refusal.OwnsGrains(cluster.id(), owned));
        }
        return ReplayBacklog.refusal(cluster.id(), view)
                .or(() ->
                        cluster.fencing()
                                .openFailover()
                                .filter(_ -> !remove.lost())
                                .map(open -> new Refusal.FailoverOpen(cluster.id(), open)));
    }

    private static Refusal alreadyThere(ClusterRecord known) {
        return new Refusal.AlreadyExists(
                "cluster", known.id().value(), "it has " + known.profile());
    }
}
