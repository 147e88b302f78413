package io.staddle.server.task;

import io.staddle.api.command.AutomationCommand.NoteFailoverBlocked;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.Successor;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.task.Vigil.Look;
import io.staddle.statemachine.clusters.AutomationRules;
import io.staddle.statemachine.clusters.FailoverPhases;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Fails over clusters that were out of reach for the grace period, and those that leave; and notes
/// what holds it back.
public final class FailoverDriver implements LeaderTask {
    private static final int MOVE_ID_MAX = 64;

    private final Vigil vigil;
    private final OfClusters<List<ClusterRecord>> leaving =
            new OfClusters<>(all -> all.stream().filter(FailoverDriver::isLeaving).toList());

    /// @param vigil who was heard when
    public FailoverDriver(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "failover-driver";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(200);
    }

    @Override
    public void run(View view, Proposer proposer) {
        Queries state = new Queries(view);
        Look look = vigil.look(state);
        List<ClusterRecord> wanted =
                leaving.get(state.clusterRecords()).stream()
                        .filter(cluster -> isWanted(cluster, look))
                        .toList();
        if (wanted.isEmpty()) {
            return;
        }
        FailoverPhases phases = new FailoverPhases(view, look.nowMillis());
        for (ClusterRecord cluster : wanted) {
            if (phases.isDue(cluster)
                    && phases.of(cluster, 0) instanceof FailoverPhase.Promoting(var heldBy)) {
                drive(cluster, heldBy, proposer);
            }
        }
    }

    /// Returns what the failover of a cluster is called, whoever proposes it: a new leader that
    /// proposes it again gets the answer to the first proposal.
    static MoveId moveId(ClusterRecord cluster) {
        String name = "auto-" + cluster.fence() + "-" + cluster.id();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new MoveId(
                name.length() <= MOVE_ID_MAX ? name : "auto-" + UUID.nameUUIDFromBytes(bytes));
    }

    private static boolean isLeaving(ClusterRecord cluster) {
        return cluster.state() == ClusterState.SUSPECT || cluster.state() == ClusterState.DRAINING;
    }

    /// The grace period is logical time, and goes on while there is no leader. So who is SUSPECT
    /// must be silent for this leader, too: it may beat again, and this leader not know yet.
    private static boolean isWanted(ClusterRecord cluster, Look look) {
        return cluster.state() == ClusterState.DRAINING || look.isSilent(cluster.id());
    }

    private void drive(ClusterRecord cluster, List<Refusal> heldBy, Proposer proposer) {
        if (heldBy.isEmpty()) {
            vigil.liveness().counters().failovers().increment();
            proposer.propose(failOver(cluster));
            return;
        }
        vigil.liveness().counters().holds().increment();
        if (!AutomationRules.notYetNoted(cluster, heldBy).isEmpty()) {
            proposer.propose(new NoteFailoverBlocked(cluster.id()));
        }
    }

    private static FailOver failOver(ClusterRecord cluster) {
        return new FailOver(
                moveId(cluster),
                cluster.id(),
                cluster.fence(),
                cluster.state() == ClusterState.DRAINING
                        ? FailoverCause.DRAIN
                        : FailoverCause.GRACE,
                false,
                new Successor.ByPlacement(),
                PlanId.NONE);
    }
}
