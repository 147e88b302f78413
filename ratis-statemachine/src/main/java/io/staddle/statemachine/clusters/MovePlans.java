package io.staddle.statemachine.clusters;

import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.RoleMove;
import io.staddle.api.query.Backlog;
import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.replay.ReplayBacklog;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a move would do now, and what holds it back: decided by what decides, and nothing happens.
public final class MovePlans {
    private MovePlans() {}

    /// What comes of planning.
    public sealed interface Planned {
        /// There is a plan.
        record Made(MovePlan plan) implements Planned {}

        /// There is nothing to plan.
        record Refused(Refusal why) implements Planned {}
    }

    /// Plans a move on the state that `view` shows.
    public static Planned plan(OfHoldings command, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, command.cluster());
        if (known.isEmpty()) {
            return new Planned.Refused(ClusterRefusals.notFound(command.cluster()));
        }
        MoveCase wanted = MoveCase.of(command, known.get(), view);
        Move move = wanted.draft(command.id(), view, tick).move();
        return new Planned.Made(
                new MovePlan(
                        PlanFingerprint.of(command, view),
                        move,
                        wanted.heldBy(view, tick.nowMillis()),
                        backlogs(move, view)));
    }

    private static List<Backlog> backlogs(Move move, Reads view) {
        Set<ClusterId> involved = new TreeSet<>();
        involved.add(move.cluster());
        move.holdings()
                .forEach(each -> {
                    if (each.fate() instanceof Fate.To(var owner)) {
                        involved.add(owner);
                    }
                });
        move.demotion()
                .ifPresent(demotion -> {
                    if (demotion.role() instanceof RoleMove.Promoted(var to, _)) {
                        involved.add(to);
                    }
                });
        return involved.stream()
                .map(cluster -> new Backlog(cluster, ReplayBacklog.of(cluster, view)))
                .filter(backlog -> backlog.entries() > 0)
                .toList();
    }
}
