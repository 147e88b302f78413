package io.staddle.statemachine.clusters;

import static io.staddle.api.model.ClusterState.DRAINING;
import static io.staddle.api.model.ClusterState.FAILED;
import static io.staddle.api.model.ClusterState.HEALTHY;
import static io.staddle.api.model.ClusterState.RECOVERING;
import static io.staddle.api.model.ClusterState.SUSPECT;
import static io.staddle.api.model.ClusterState.UNKNOWN;

import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When the health of a cluster changes: all there is, and nothing else changes it.
///
/// Who is RECOVERING after SUSPECT becomes HEALTHY by beats. Who is RECOVERING after FAILED has a
/// failover open: it becomes HEALTHY by readmission only, and FAILED again if it falls silent.
final class HealthTable {
    /// What can happen to the health of a cluster.
    enum Signal {
        /// It was heard.
        BEAT,
        /// It was heard `health.recover-beats` times more since it is RECOVERING.
        ENOUGH_BEATS,
        /// It was not heard for `health.suspect-after-millis`.
        SILENCE,
        /// It says, or an operator does, that it leaves.
        DRAIN,
        /// It is demoted because it was SUSPECT for `failover.grace-millis`.
        FAILOVER_AFTER_GRACE,
        /// It is demoted because it leaves.
        FAILOVER_OF_DRAINING,
        /// It is demoted because an operator says so.
        FAILOVER_BY_OPERATOR,
        /// It is demoted because an operator insists.
        FAILOVER_BY_FORCE,
        /// It is taken back in.
        READMISSION
    }

    /// Whether the cluster has a failover open.
    private enum Failover {
        NONE,
        OPEN
    }

    private record Row(ClusterState from, Failover failover, Signal signal, ClusterState to) {}

    private static final List<Row> ROWS =
            List.of(
                    new Row(UNKNOWN, Failover.NONE, Signal.BEAT, HEALTHY),
                    new Row(UNKNOWN, Failover.NONE, Signal.SILENCE, SUSPECT),
                    new Row(UNKNOWN, Failover.NONE, Signal.FAILOVER_BY_OPERATOR, FAILED),
                    new Row(HEALTHY, Failover.NONE, Signal.SILENCE, SUSPECT),
                    new Row(HEALTHY, Failover.NONE, Signal.DRAIN, DRAINING),
                    new Row(HEALTHY, Failover.NONE, Signal.FAILOVER_BY_FORCE, FAILED),
                    new Row(SUSPECT, Failover.NONE, Signal.BEAT, RECOVERING),
                    new Row(SUSPECT, Failover.NONE, Signal.DRAIN, DRAINING),
                    new Row(SUSPECT, Failover.NONE, Signal.FAILOVER_AFTER_GRACE, FAILED),
                    new Row(SUSPECT, Failover.NONE, Signal.FAILOVER_BY_OPERATOR, FAILED),
                    new Row(RECOVERING, Failover.NONE, Signal.ENOUGH_BEATS, HEALTHY),
                    new Row(RECOVERING, Failover.NONE, Signal.SILENCE, SUSPECT),
                    new Row(RECOVERING, Failover.NONE, Signal.DRAIN, DRAINING),
                    new Row(RECOVERING, Failover.NONE, Signal.FAILOVER_BY_OPERATOR, FAILED),
                    new Row(DRAINING, Failover.NONE, Signal.FAILOVER_OF_DRAINING, FAILED),
                    new Row(DRAINING, Failover.NONE, Signal.FAILOVER_BY_OPERATOR, FAILED),
                    new Row(FAILED, Failover.OPEN, Signal.BEAT, RECOVERING),
                    new Row(RECOVERING, Failover.OPEN, Signal.SILENCE, FAILED),
                    new Row(RECOVERING, Failover.OPEN, Signal.READMISSION, HEALTHY));

    private static final Map<ClusterState, Map<Signal, ClusterState>> WITH_FAILOVER =
            index(Failover.OPEN);
    private static final Map<ClusterState, Map<Signal, ClusterState>> WITHOUT_FAILOVER =
            index(Failover.NONE);

    private HealthTable() {}

    /// Returns the state that a cluster comes into; empty if the signal changes nothing, or cannot
    /// be.
    static Optional<ClusterState> next(ClusterRecord cluster, Signal signal) {
        var rows = cluster.isFenced() ? WITH_FAILOVER : WITHOUT_FAILOVER;
        return Optional.ofNullable(rows.getOrDefault(cluster.state(), Map.of()).get(signal));
    }

    /// For whoever asks at each beat.
    private static Map<ClusterState, Map<Signal, ClusterState>> index(Failover failover) {
        Map<ClusterState, Map<Signal, ClusterState>> index = new EnumMap<>(ClusterState.class);
        for (ClusterState from : ClusterState.values()) {
            Map<Signal, ClusterState> signals = new EnumMap<>(Signal.class);
            ROWS.stream()
                    .filter(row -> row.from() == from && row.failover() == failover)
                    .forEach(row -> signals.put(row.signal(), row.to()));
            index.put(from, signals);
        }
        return index;
    }
}
