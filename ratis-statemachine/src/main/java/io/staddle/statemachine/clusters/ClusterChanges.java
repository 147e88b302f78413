package io.staddle.statemachine.clusters;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.StateCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterHealth;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Vitals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an event makes of the record of a cluster: for the projection, which writes it, and for the
/// rules, which answer with it.
final class ClusterChanges {
    private ClusterChanges() {}

    /// Returns the record after all the events that are about it.
    static ClusterRecord after(ClusterRecord before, List<Event> events, long nowMillis) {
        ClusterRecord record = before;
        for (Event event : events) {
            if (event instanceof ClusterEvent change
                    && about(change).equals(Optional.of(before.id()))) {
                record = after(record, change, nowMillis);
            }
        }
        return record;
    }

    /// Returns the record after an event that is about it.
    static ClusterRecord after(ClusterRecord before, ClusterEvent event, long nowMillis) {
        return switch (event) {
            case ClusterEvent.Registered(var cluster) -> cluster;
            case ClusterEvent.Updated(var cluster) -> cluster;
            case ClusterEvent.StateChanged(_, _, var to, var cause) ->
                    heardUntil(cause, before).in(to, nowMillis);
            case ClusterEvent.Heard(var beat) -> heard(beat, before);
            case ClusterEvent.Fenced(_, var fence, var failover) ->
                    before.behind(before.fencing().raised(fence, failover));
            case ClusterEvent.Readmitted _ -> before.behind(before.fencing().closed());
            case ClusterEvent.RoleChanged(_, _, var to) -> before.as(to);
            case ClusterEvent.FailoverBlocked(_, var blocker) ->
                    before.noted(noted(before.health(), blocker));
            case ClusterEvent.AutomationPaused(_, var pause) -> before.paused(Optional.of(pause));
            case ClusterEvent.AutomationResumed _ -> before.paused(Optional.empty());
            case ClusterEvent.Removed _,
                    ClusterEvent.PrimacyChanged _,
                    ClusterEvent.MoveRecorded _ ->
                    before;
        };
    }

    /// Returns whose record an event changes; empty if it is none's.
    static Optional<ClusterId> about(ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.Registered(var cluster) -> Optional.of(cluster.id());
            case ClusterEvent.Updated(var cluster) -> Optional.of(cluster.id());
            case ClusterEvent.StateChanged(var cluster, _, _, _) -> Optional.of(cluster);
            case ClusterEvent.Heard(var beat) -> Optional.of(beat.cluster());
            case ClusterEvent.Fenced(var cluster, _, _) -> Optional.of(cluster);
            case ClusterEvent.Readmitted(var cluster, _) -> Optional.of(cluster);
            case ClusterEvent.RoleChanged(var cluster, _, _) -> Optional.of(cluster);
            case ClusterEvent.FailoverBlocked(var cluster, _) -> Optional.of(cluster);
            case ClusterEvent.AutomationPaused(var reach, _) -> one(reach);
            case ClusterEvent.AutomationResumed(var reach) -> one(reach);
            case ClusterEvent.Removed _,
                    ClusterEvent.PrimacyChanged _,
                    ClusterEvent.MoveRecorded _ ->
                    Optional.empty();
        };
    }

    private static Optional<ClusterId> one(Reach reach) {
        return switch (reach) {
            case Reach.AllClusters _ -> Optional.empty();
            case Reach.OneCluster(var cluster) -> Optional.of(cluster);
        };
    }

    private static ClusterRecord heard(Beat beat, ClusterRecord before) {
        ClusterHealth health = before.health();
        boolean recovers = health.state() == ClusterState.RECOVERING && !before.isFenced();
        boolean latest = beat.seenAtMillis() > before.vitals().heardMillis();
        ClusterHealth beaten =
                recovers && latest
                        ? new ClusterHealth(
                                health.state(),
                                health.sinceMillis(),
                                health.recoveryBeats() + 1,
                                health.noted())
                        : health;
        return before.heard(
                beaten,
                new Vitals(
                        Math.max(before.vitals().heardMillis(), beat.seenAtMillis()),
                        beat.incarnation(),
                        latest ? beat.lagMillis() : before.vitals().lagMillis()),
                before.fencing().acknowledged(beat.ackedFence()));
    }

    /// A beat from before the silence must not end it.
    private static ClusterRecord heardUntil(StateCause cause, ClusterRecord before) {
        return switch (cause) {
            case StateCause.Silent(var suspicion) -> {
                Vitals vitals = before.vitals();
                long heard = Math.max(vitals.heardMillis(), suspicion.lastSeenMillis());
                yield before.heard(
                        before.health(),
                        new Vitals(heard, vitals.incarnation(), vitals.lagMillis()),
                        before.fencing());
            }
            case StateCause.Heard _,
                    StateCause.Drained _,
                    StateCause.FailedOver _,
                    StateCause.Readmitted _ ->
                    before;
        };
    }

    private static ClusterHealth noted(ClusterHealth health, FailoverBlocker blocker) {
        List<FailoverBlocker> noted = new ArrayList<>(health.noted());
        noted.add(blocker);
        return new ClusterHealth(
                health.state(), health.sinceMillis(), health.recoveryBeats(), noted);
    }
}
