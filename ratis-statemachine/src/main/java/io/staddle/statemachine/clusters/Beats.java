package io.staddle.statemachine.clusters;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.StateCause;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.clusters.HealthTable.Signal;
import io.staddle.statemachine.holdings.Candidates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a beat brings. Most beats bring nothing, and are not logged: the leader asks here first,
/// and the rules ask again.
public final class Beats {
    private Beats() {}

    /// Tells whether a beat is worth a log entry: it changes the state of the cluster or counts
    /// towards that, acknowledges a fence, comes from a new incarnation, or says that the cluster
    /// can take over now, or no more.
    public static boolean bringsNews(Beat beat, ClusterRecord cluster, Config config) {
        return beat.incarnation() >= cluster.vitals().incarnation()
                && (moves(beat, cluster, config)
                        || beat.incarnation() > cluster.vitals().incarnation()
                        || !cluster.fencing()
                                .acknowledged(beat.ackedFence())
                                .equals(cluster.fencing())
                        || (isFresh(beat, cluster)
                                && Candidates.lags(beat.lagMillis(), config)
                                        != Candidates.lags(cluster.vitals().lagMillis(), config)));
    }

    /// Returns what happens by a beat; empty if it brings no news.
    static List<Event> events(Beat beat, ClusterRecord cluster, Config config) {
        if (!bringsNews(beat, cluster, config)) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        events.add(new ClusterEvent.Heard(beat));
        next(beat, cluster, config)
                .ifPresent(to ->
                        events.add(
                                new ClusterEvent.StateChanged(
                                        cluster.id(),
                                        cluster.state(),
                                        to,
                                        new StateCause.Heard(beat))));
        return events;
    }

    private static boolean moves(Beat beat, ClusterRecord cluster, Config config) {
        return next(beat, cluster, config).isPresent()
                || (isFresh(beat, cluster)
                        && HealthTable.next(cluster, Signal.ENOUGH_BEATS).isPresent());
    }

    private static Optional<ClusterState> next(Beat beat, ClusterRecord cluster, Config config) {
        if (!isFresh(beat, cluster)) {
            return Optional.empty();
        }
        Optional<ClusterState> heard = HealthTable.next(cluster, Signal.BEAT);
        boolean enough = cluster.health().recoveryBeats() + 1 >= config.get(Setting.RECOVER_BEATS);
        return heard.isEmpty() && enough ? HealthTable.next(cluster, Signal.ENOUGH_BEATS) : heard;
    }

    /// A beat that was recorded before, or that came before the cluster fell silent, changes no
    /// state: so the same beats can be recorded twice.
    private static boolean isFresh(Beat beat, ClusterRecord cluster) {
        return beat.seenAtMillis() > cluster.vitals().heardMillis();
    }
}
