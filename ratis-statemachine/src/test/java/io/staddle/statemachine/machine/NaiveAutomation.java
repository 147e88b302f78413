package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Setting;

import java.util.Optional;

/// Whether things happen by themselves, and what holds them back.
final class NaiveAutomation {
    private final Naive all;

    NaiveAutomation(Naive all) {
        this.all = all;
    }

    String apply(AutomationCommand command) {
        return switch (command) {
            case AutomationCommand.Pause c -> set(c.reach(), true);
            case AutomationCommand.Resume c -> set(c.reach(), false);
            case AutomationCommand.NoteFailoverBlocked c -> {
                Optional<NaiveCluster> cluster = Optional.ofNullable(all.clusters.get(c.cluster()));
                cluster.ifPresent(each -> note(c, each));
                yield cluster.isPresent() ? DONE : "NOT_FOUND";
            }
        };
    }

    private String set(Reach reach, boolean paused) {
        switch (reach) {
            case Reach.AllClusters _ -> all.paused = paused;
            case Reach.OneCluster(var id) -> {
                NaiveCluster cluster = all.clusters.get(id);
                if (cluster == null) {
                    return "NOT_FOUND";
                }
                cluster.version += cluster.paused == paused ? 0 : 1;
                cluster.paused = paused;
            }
        }
        return DONE;
    }

    private void note(AutomationCommand.NoteFailoverBlocked c, NaiveCluster cluster) {
        boolean leaves = cluster.state == ClusterState.DRAINING;
        boolean due =
                leaves
                        || (cluster.state == ClusterState.SUSPECT
                                && all.now - cluster.since >= all.setting(Setting.GRACE_MILLIS));
        if (due) {
            for (FailoverBlocker blocker : FailoverBlocker.values()) {
                if (holds(blocker, c, cluster, leaves) && cluster.noted.add(blocker)) {
                    cluster.version++;
                }
            }
        }
    }

    /// What holds is found by taking what is held by before out of the way.
    private boolean holds(
            FailoverBlocker blocker,
            AutomationCommand.NoteFailoverBlocked c,
            NaiveCluster cluster,
            boolean leaves) {
        boolean pausedOne = cluster.paused;
        boolean pausedAll = all.paused;
        if (blocker != FailoverBlocker.AUTOMATION_PAUSED) {
            cluster.paused = false;
            all.paused = false;
        }
        var cause =
                blocker == FailoverBlocker.NO_ELIGIBLE_SUCCESSOR || leaves
                        ? FailoverCause.OPERATOR
                        : FailoverCause.GRACE;
        if (blocker == FailoverBlocker.AUTOMATION_PAUSED) {
            return pausedOne || pausedAll;
        }
        var asked =
                new ClusterCommand.FailOver(
                        new MoveId("asked"),
                        c.cluster(),
                        new Fence(cluster.fence),
                        cause,
                        false,
                        new Successor.ByPlacement(),
                        PlanId.NONE);
        String held =
                new NaiveMoves(all)
                        .heldBy(asked, cluster, cause, false, false, new Successor.ByPlacement());
        cluster.paused = pausedOne;
        all.paused = pausedAll;
        return held.equals(blocker.name());
    }
}
