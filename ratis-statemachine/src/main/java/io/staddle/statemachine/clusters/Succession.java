package io.staddle.statemachine.clusters;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.Primacy;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.Rescue;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the primary's role changes hands, and what else becomes possible when clusters change for
/// the better: within the command that makes it possible.
public final class Succession {
    private Succession() {}

    /// Returns the role of a cluster that registers: the first one that may is the primary.
    static ClusterRole roleOfNew(boolean eligible, Primacy primacy) {
        return eligible && primacy.epoch() == 0 ? ClusterRole.PRIMARY : ClusterRole.SECONDARY;
    }

    /// Returns the events that take the role from one cluster and give it to another.
    static List<Event> handedOver(
            ClusterRecord from,
            ClusterRole fromThen,
            ClusterId to,
            ClusterRole toThen,
            Primacy next) {
        return List.of(
                new ClusterEvent.RoleChanged(from.id(), from.role(), fromThen),
                new ClusterEvent.RoleChanged(to, ClusterRole.SECONDARY, toThen),
                new ClusterEvent.PrimacyChanged(next));
    }

    /// Returns what happens when some clusters have become as `candidates` says: if there is no
    /// primary, the first that can becomes it; stranded holdings get an owner.
    public static List<Event> afterChange(Candidates candidates, Reads view, Tick tick) {
        Primacy primacy = candidates.primacy();
        Optional<ClusterId> next =
                primacy.primary().isPresent() ? Optional.empty() : candidates.nextPrimary();
        if (next.isEmpty()) {
            return Rescue.events(view, candidates, tick);
        }
        Primacy filled = primacy.movedTo(next, tick.nowMillis());
        List<Event> events = new ArrayList<>();
        events.add(
                new ClusterEvent.RoleChanged(
                        next.get(), ClusterRole.SECONDARY, ClusterRole.PRIMARY));
        events.add(new ClusterEvent.PrimacyChanged(filled));
        events.addAll(Rescue.events(view, candidates.with(filled), tick));
        return events;
    }
}
