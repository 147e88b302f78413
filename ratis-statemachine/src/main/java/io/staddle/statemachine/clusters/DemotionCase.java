package io.staddle.statemachine.clusters;

import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;

/// A failover by command: of the cluster as the caller has seen it.
///
/// @param seenFence the fence that the caller has seen
record DemotionCase(FailoverCase failover, Fence seenFence, Of of) implements MoveCase {
    /// Whom the command is for.
    enum Of {
        ANY_CLUSTER,
        THE_PRIMARY
    }

    @Override
    public List<Refusal> heldBy(Reads view, long nowMillis) {
        ClusterRecord cluster = failover.cluster();
        List<Refusal> held = new ArrayList<>();
        if (!cluster.fence().equals(seenFence)) {
            held.add(
                    new Refusal.VersionConflict(
                            "fence of cluster",
                            cluster.id().value(),
                            seenFence.value(),
                            cluster.fence().value()));
        }
        if (of == Of.THE_PRIMARY && !cluster.role().isPrimary()) {
            held.add(
                    new Refusal.IllegalTransition(
                            "cluster",
                            cluster.id().value(),
                            cluster.role().name(),
                            ClusterRole.DEMOTED_PRIMARY.name()));
        }
        held.addAll(FailoverGuards.heldBy(failover, view, nowMillis));
        return held;
    }

    @Override
    public Draft draft(MoveId id, Reads view, Tick tick) {
        return Failovers.draft(id, failover, view, tick);
    }
}
