package io.staddle.cli.failover;

import io.staddle.api.codec.PlanCodec;
import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Successor;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.v1.PlanMoveAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Shows plans of moves, and binds moves to them.
final class Plans {
    private Plans() {}

    /// Shows what would move where, what would not and why, and what holds it back.
    static void show(Session session, OfHoldings command, MovePlan plan) {
        PlanMoveAnswer answer = PlanMoveAnswer.newBuilder().setPlan(PlanCodec.encode(plan)).build();
        session.output().show(answer, () -> text(session, command, plan));
    }

    /// What was shown is what is done: if it would look different by now, it is refused.
    static OfHoldings bound(OfHoldings command, PlanId plan) {
        return switch (command) {
            case FailOver c ->
                    new FailOver(
                            c.id(),
                            c.cluster(),
                            c.seenFence(),
                            c.cause(),
                            c.force(),
                            c.successor(),
                            plan);
            case DemoteAndPromote c ->
                    new DemoteAndPromote(c.id(), c.cluster(), c.seenFence(), c.successor(), plan);
            case FailBack c -> new FailBack(c.id(), c.cluster(), plan);
            case Evacuate c -> new Evacuate(c.id(), c.cluster(), c.types(), c.successor(), plan);
        };
    }

    /// Returns what a move comes to, as a sentence without a full stop.
    static String consequence(OfHoldings command) {
        return switch (command) {
            case FailOver c -> "This demotes cluster " + c.cluster();
            case DemoteAndPromote c ->
                    "This demotes cluster " + c.cluster() + ", which is the primary";
            case FailBack c -> "This moves grains back to " + c.cluster();
            case Evacuate c -> "This moves grains away from " + c.cluster();
        };
    }

    private static String text(Session session, OfHoldings command, MovePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(totals(plan.move().holdings()));
        plan.move().demotion().flatMap(Plans::role).ifPresent(lines::add);
        plan.backlogs().stream()
                .filter(each -> each.entries() > 0)
                .map(each ->
                        Figures.count(each.entries(), "write") + " to replay: " + each.cluster())
                .forEach(lines::add);
        plan.heldBy().stream().map(Plans::held).forEach(lines::add);
        lines.add(
                "Plan %s of revision %s; nothing was changed. %s"
                        .formatted(plan.id(), plan.move().at().revision(), next(command, plan)));
        return session.output().rendered(Moves.table(plan.move())) + String.join("\n", lines);
    }

    private static String totals(List<HoldingMove> moves) {
        long moved = count(moves, HoldingMove.Fate.To.class);
        long stranded = count(moves, HoldingMove.Fate.Stranded.class);
        long kept = count(moves, HoldingMove.Fate.Kept.class);
        return "%s would move, %s would be stranded%s"
                .formatted(
                        Figures.count(moved, "grain"),
                        Figures.count(stranded),
                        kept == 0 ? "" : ", " + Figures.count(kept) + " would stay");
    }

    private static long count(List<HoldingMove> moves, Class<? extends HoldingMove.Fate> fate) {
        return moves.stream()
                .filter(move -> fate.isInstance(move.fate()))
                .mapToLong(HoldingMove::grains)
                .sum();
    }

    private static Optional<String> role(Demotion demotion) {
        return Moves.role(demotion).map(words -> "Then " + words);
    }

    private static String held(Refusal why) {
        if (isHealthy(why)
                && why instanceof Refusal.IllegalTransition(var _, var name, var _, var _)) {
            return "Held back now: %s is healthy, and failed over only by force.".formatted(name);
        }
        RefusalText text = RefusalText.of(why);
        return "Held back now by %s: %s. %s".formatted(text.code(), text.message(), text.next());
    }

    private static boolean isHealthy(Refusal why) {
        return why instanceof Refusal.IllegalTransition(var _, var _, var from, var to)
                && from.equals(ClusterState.HEALTHY.name())
                && to.equals(ClusterState.FAILED.name());
    }

    /// What is held back would be refused: so no plan is offered for it.
    private static String next(OfHoldings command, MovePlan plan) {
        if (plan.heldBy().isEmpty()) {
            return "To carry it out: staddle failover apply " + plan.id() + hints(command);
        }
        return command instanceof FailOver c && plan.heldBy().stream().anyMatch(Plans::isHealthy)
                ? "To do it all the same: staddle failover run %s --force%s"
                        .formatted(c.cluster(), to(c.successor()))
                : "It cannot be carried out while it is held back.";
    }

    /// The id does not tell these, so whoever applies the plan has to.
    private static String hints(OfHoldings command) {
        return switch (command) {
            case FailOver c -> to(c.successor());
            case DemoteAndPromote c -> to(c.successor());
            case FailBack _ -> "";
            case Evacuate c -> to(c.successor()) + types(c.types());
        };
    }

    private static String to(Successor successor) {
        return switch (successor) {
            case Successor.ByPlacement _ -> "";
            case Successor.Named(var named) -> " --to " + named;
        };
    }

    private static String types(List<GrainType> types) {
        return types.isEmpty()
                ? ""
                : types.stream()
                        .map(GrainType::name)
                        .collect(Collectors.joining(",", " --type ", ""));
    }
}
