package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.HealthCommand.MarkSuspect;
import io.staddle.api.event.StateCause;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Suspicion;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.HealthTable.Signal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// When a cluster is taken for out of reach. The leader asks here before it proposes that, and the
/// rules ask again.
public final class SuspicionRules {
    private SuspicionRules() {}

    static Decision markSuspect(MarkSuspect mark, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, mark.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRefusals.notFound(mark.cluster()));
        }
        ClusterRecord cluster = known.get();
        if (cluster.state() == ClusterState.SUSPECT || cluster.state() == ClusterState.FAILED) {
            return accept(new Answer.Cluster(cluster));
        }
        if (cluster.version() != mark.seenVersion()) {
            return refuse(ClusterRefusals.versionConflict(cluster, mark.seenVersion()));
        }
        Optional<ClusterState> next = HealthTable.next(cluster, Signal.SILENCE);
        Config config = Configs.of(view);
        Suspicion suspicion = mark.suspicion();
        Optional<Refusal> held =
                tooEarly(cluster, suspicion.lastSeenMillis(), config, tick.nowMillis())
                        .or(() -> unconfirmed(cluster, suspicion, config));
        return held.isPresent()
                ? refuse(held.get())
                : HealthRules.changed(
                        cluster, next.orElseThrow(), new StateCause.Silent(suspicion), tick);
    }

    /// Tells whether silence means anything in the state that a cluster is in.
    public static boolean isWatched(ClusterRecord cluster) {
        return HealthTable.next(cluster, Signal.SILENCE).isPresent();
    }

    /// Says why the silence of a cluster means nothing now; empty if it does.
    ///
    /// @param lastSeenMillis when it was heard last, as the leader knows
    public static Optional<Refusal> tooEarly(
            ClusterRecord cluster, long lastSeenMillis, Config config, long nowMillis) {
        if (!isWatched(cluster)) {
            return Optional.of(ClusterRefusals.illegal(cluster, ClusterState.SUSPECT));
        }
        long heard =
                Math.max(
                        Math.max(lastSeenMillis, cluster.vitals().heardMillis()),
                        cluster.health().sinceMillis());
        long silent = nowMillis - heard;
        long needed = config.get(Setting.SUSPECT_AFTER_MILLIS);
        return silent < needed
                ? Optional.of(new Refusal.SilenceTooShort(cluster.id(), silent, needed))
                : Optional.empty();
    }

    /// Says that too few others do not reach a cluster either; empty if they are enough.
    public static Optional<Refusal> unconfirmed(
            ClusterRecord cluster, Suspicion suspicion, Config config) {
        long confirmed =
                suspicion.observations().stream()
                        .filter(each -> !each.reachable() && !each.observer().equals(cluster.id()))
                        .map(each -> each.observer())
                        .distinct()
                        .count();
        long observers = config.get(Setting.OBSERVERS_MIN);
        return confirmed < observers
                ? Optional.of(new Refusal.NotConfirmed(cluster.id(), confirmed, observers))
                : Optional.empty();
    }
}
