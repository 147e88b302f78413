package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.ClusterCommand.Remove;
import io.staddle.api.command.ClusterCommand.SetState;
import io.staddle.api.command.ClusterCommand.Update;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.statemachine.holdings.Rescue;
import io.staddle.statemachine.replay.ReplayBacklog;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the commands about clusters.
public final class ClusterRules {
    private ClusterRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(ClusterCommand command, Reads view, Tick tick) {
        return switch (command) {
            case Register register -> register(register, view, tick);
            case Update update -> update(update, view);
            case SetState set -> setState(set, view, tick);
            case Remove remove -> remove(remove, view);
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
        Fence fence = view.get(Schema.FENCES, register.cluster()).orElse(Fence.NONE).next();
        ClusterRecord record =
                new ClusterRecord(
                        register.cluster(),
                        register.profile(),
                        register.state(),
                        fence,
                        1,
                        tick.nowMillis());
        List<Event> events = new ArrayList<>();
        events.add(new ClusterEvent.Registered(record));
        events.addAll(Rescue.events(view, Candidates.of(view).with(record), tick));
        return accept(new Answer.Cluster(record), events);
    }

    private static Decision update(Update update, Reads view) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, update.cluster());
        if (known.isEmpty()) {
            return refuse(notFound(update.cluster()));
        }
        ClusterRecord record = known.get();
        if (record.profile().equals(update.profile())) {
            return accept(new Answer.Cluster(record));
        }
        if (record.version() != update.seenVersion()) {
            return refuse(versionConflict(record, update.seenVersion()));
        }
        ClusterRecord next = record.with(update.profile());
        return accept(new Answer.Cluster(next), new ClusterEvent.Updated(next));
    }

    private static Decision setState(SetState set, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, set.cluster());
        if (known.isEmpty()) {
            return refuse(notFound(set.cluster()));
        }
        ClusterRecord record = known.get();
        if (record.state() == set.state()) {
            return accept(new Answer.Cluster(record));
        }
        if (record.version() != set.seenVersion()) {
            return refuse(versionConflict(record, set.seenVersion()));
        }
        if (set.state() == ClusterState.FAILED) {
            return refuse(illegal(record, set.state().name()));
        }
        ClusterRecord next = record.in(set.state(), tick.nowMillis());
        List<Event> events = new ArrayList<>();
        events.add(new ClusterEvent.StateChanged(set.cluster(), record.state(), set.state()));
        events.addAll(Rescue.events(view, Candidates.of(view).with(next), tick));
        return accept(new Answer.Cluster(next), events);
    }

    private static Decision remove(Remove remove, Reads view) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, remove.cluster());
        if (known.isEmpty()) {
            // Removed before, or never there: there is nothing to remove either way.
            return view.get(Schema.FENCES, remove.cluster()).isPresent()
                    ? accept(new Answer.Removed("clusters", 1))
                    : refuse(notFound(remove.cluster()));
        }
        ClusterRecord record = known.get();
        if (record.version() != remove.seenVersion()) {
            return refuse(versionConflict(record, remove.seenVersion()));
        }
        long owned = HoldingMoves.grainsOwnedBy(remove.cluster(), view);
        if (owned > 0) {
            return refuse(new Refusal.OwnsGrains(remove.cluster(), owned));
        }
        long pending = ReplayBacklog.of(remove.cluster(), view);
        if (pending > 0) {
            return refuse(new Refusal.ReplayPending(remove.cluster(), pending));
        }
        List<Event> events = new ArrayList<>(HoldingMoves.closures(remove.cluster(), view));
        events.add(new ClusterEvent.Removed(remove.cluster(), record.fence()));
        return accept(new Answer.Removed("clusters", 1), events);
    }

    static Refusal notFound(ClusterId cluster) {
        return new Refusal.NotFound("cluster", cluster.value());
    }

    static Refusal illegal(ClusterRecord record, String to) {
        return new Refusal.IllegalTransition(
                "cluster", record.id().value(), record.state().name(), to);
    }

    private static Refusal versionConflict(ClusterRecord record, long seen) {
        return new Refusal.VersionConflict("cluster", record.id().value(), seen, record.version());
    }

    private static Refusal alreadyThere(ClusterRecord known) {
        return new Refusal.AlreadyExists(
                "cluster", known.id().value(), "it has " + known.profile());
    }
}
