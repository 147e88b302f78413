package io.staddle.statemachine.explain;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Command;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.query.Prospect;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.MovePlans;
import io.staddle.statemachine.clusters.MovePlans.Planned;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.machine.Rules;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Gathers what would change something: the rules are asked, and nothing is proposed.
final class Prospects {
    private static final MoveId NAMELESS = new MoveId("plan");

    private final Reads view;
    private final Tick tick;
    private final List<Prospect> found = new ArrayList<>();

    Prospects(Reads view, Tick tick) {
        this.view = view;
        this.tick = tick;
    }

    /// Adds what happens by itself.
    ///
    /// @param dueMillis not before that; 0 if that is not known
    void byItself(String action, String outcome, List<Refusal> heldBy, long dueMillis) {
        found.add(new Prospect(action, outcome, heldBy, dueMillis, ""));
    }

    /// Adds what a command would do now, by the rules.
    ///
    /// @param words the command line
    void ofCommand(String action, String outcome, Command command, String words) {
        List<Refusal> heldBy =
                switch (Rules.decide(command, view, tick)) {
                    case Decision.Accept _ -> List.of();
                    case Decision.Refuse(var why) -> List.of(why);
                };
        found.add(new Prospect(action, outcome, heldBy, 0, words));
    }

    private Prospect ofMove(
            String action,
            OfHoldings command,
            Function<Planned.Made, String> outcome,
            String words) {
        return switch (MovePlans.plan(command, view, tick)) {
            case Planned.Refused(var why) -> new Prospect(action, "", List.of(why), 0, words);
            case Planned.Made made ->
                    new Prospect(action, outcome.apply(made), made.plan().heldBy(), 0, words);
        };
    }

    /// Adds what a failover by an operator would do now: one that insists, if nothing but that is
    /// missing.
    ///
    /// @param outcome what becomes of what is asked about
    void ofFailover(
            String action, ClusterId cluster, Fence fence, Function<Planned.Made, String> outcome) {
        String words = "staddle failover run " + cluster;
        Prospect usual = ofMove(action, failOver(cluster, fence, false), outcome, words);
        if (!usual.heldBy().isEmpty()) {
            Prospect forced =
                    ofMove(action, failOver(cluster, fence, true), outcome, words + " --force");
            if (forced.heldBy().isEmpty()) {
                found.add(forced);
                return;
            }
        }
        found.add(usual);
    }

    /// Adds what a fail-back would do now, if there is anything to go back.
    ///
    /// @param outcome what becomes of what is asked about
    void ofFailBack(ClusterId cluster, Function<Planned.Made, String> outcome) {
        var command = new ClusterCommand.FailBack(NAMELESS, cluster, PlanId.NONE);
        boolean isEmpty =
                MovePlans.plan(command, view, tick) instanceof Planned.Made made
                        && made.plan().move().holdings().isEmpty();
        if (!isEmpty) {
            found.add(ofMove("FAIL_BACK", command, outcome, "staddle failover back " + cluster));
        }
    }

    /// Returns what an operator asks for who has no wish of their own.
    ///
    /// @param force also if the cluster is healthy, or nobody can be the primary afterwards
    static ClusterCommand.FailOver failOver(ClusterId cluster, Fence fence, boolean force) {
        return new ClusterCommand.FailOver(
                NAMELESS,
                cluster,
                fence,
                FailoverCause.OPERATOR,
                force,
                new Successor.ByPlacement(),
                PlanId.NONE);
    }

    List<Prospect> all() {
        return found;
    }
}
