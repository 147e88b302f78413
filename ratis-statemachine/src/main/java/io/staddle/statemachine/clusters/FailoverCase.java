package io.staddle.statemachine.clusters;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.clusters.HealthTable.Signal;
import io.staddle.statemachine.holdings.Candidates;

import java.util.Optional;

/// A failover that somebody wants, and who there is to take over.
///
/// @param without the candidates when the cluster has failed
record FailoverCase(
        ClusterRecord cluster,
        FailoverCause cause,
        Insistence insistence,
        Successor wish,
        Candidates without) {

    /// How much an operator insists.
    enum Insistence {
        /// Not more than the leader by itself.
        NONE,
        /// Also if the cluster is healthy.
        ALSO_IF_HEALTHY,
        /// Also if the cluster is healthy, and if nobody can be the primary afterwards.
        ALSO_WITHOUT_PRIMARY
    }

    static FailoverCase of(
            ClusterRecord cluster,
            FailoverCause cause,
            Insistence insistence,
            Successor wish,
            Candidates now) {
        return new FailoverCase(
                cluster, cause, insistence, wish, now.with(cluster.in(ClusterState.FAILED, 0)));
    }

    /// Returns the failover of a cluster that is out of reach or leaves, as the leader wants it by
    /// itself; empty if there is no reason for one.
    static Optional<FailoverCase> automatic(ClusterRecord cluster, Candidates now) {
        return switch (cluster.state()) {
            case SUSPECT -> Optional.of(automatic(cluster, FailoverCause.GRACE, now));
            case DRAINING -> Optional.of(automatic(cluster, FailoverCause.DRAIN, now));
            case UNKNOWN, HEALTHY, RECOVERING, FAILED -> Optional.empty();
        };
    }

    /// Returns the automatic failover whose time has come; empty if there is none.
    static Optional<FailoverCase> due(ClusterRecord cluster, Candidates now, long nowMillis) {
        return automatic(cluster, now).filter(each -> each.leftMillis(nowMillis) <= 0);
    }

    private static FailoverCase automatic(
            ClusterRecord cluster, FailoverCause cause, Candidates now) {
        return of(cluster, cause, Insistence.NONE, new Successor.ByPlacement(), now);
    }

    Signal signal() {
        return switch (cause) {
            case GRACE -> Signal.FAILOVER_AFTER_GRACE;
            case DRAIN -> Signal.FAILOVER_OF_DRAINING;
            case OPERATOR -> Signal.FAILOVER_BY_OPERATOR;
        };
    }

    /// Returns when the grace period ends.
    long deadlineMillis() {
        return cluster.health().sinceMillis() + without.config().get(Setting.GRACE_MILLIS);
    }

    /// Returns how much of the grace period is left; none or less if there is none to wait for.
    long leftMillis(long nowMillis) {
        return switch (cause) {
            case GRACE -> deadlineMillis() - nowMillis;
            case DRAIN, OPERATOR -> 0;
        };
    }

    /// Tells whether the cluster is the primary, so that the role must go to another.
    boolean movesRole() {
        return cluster.role().isPrimary();
    }

    /// Returns who becomes the primary; empty if nobody can, or nobody has to.
    Optional<ClusterId> promotee() {
        if (!movesRole()) {
            return Optional.empty();
        }
        return switch (wish) {
            case Successor.ByPlacement _ -> without.nextPrimary();
            case Successor.Named(var named) ->
                    Optional.of(named).filter(id -> without.unfitnessAsPrimary(id).isEmpty());
        };
    }
}
