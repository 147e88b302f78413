package io.staddle.statemachine.clusters;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.refusal.Refusal;

/// Refusals that the rules about clusters share.
final class ClusterRefusals {
    private ClusterRefusals() {}

    static Refusal notFound(ClusterId cluster) {
        return new Refusal.NotFound("cluster", cluster.value());
    }

    static Refusal versionConflict(ClusterRecord cluster, long seen) {
        return new Refusal.VersionConflict(
                "cluster", cluster.id().value(), seen, cluster.version());
    }

    static Refusal illegal(ClusterRecord cluster, Enum<?> to) {
        return new Refusal.IllegalTransition(
                "cluster", cluster.id().value(), cluster.state().name(), to.name());
    }
}
