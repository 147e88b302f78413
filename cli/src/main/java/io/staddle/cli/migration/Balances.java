package io.staddle.cli.migration;

import io.staddle.api.codec.BalanceCodec;
import io.staddle.api.model.Membership;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.HeldShifts;
import io.staddle.api.query.NodeLoad;
import io.staddle.api.query.PlanWish;
import io.staddle.api.query.PlannedShift;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.v1.PlanMigrationsAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.Session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows plans of migrations.
public final class Balances {
    private Balances() {}

    /// Shows what would move now and why, what is held back and why, and what each node has then.
    public static void show(Session session, BalancePlan plan) {
        PlanMigrationsAnswer answer =
                PlanMigrationsAnswer.newBuilder().setPlan(BalanceCodec.encode(plan)).build();
        session.output().show(answer, () -> text(session, plan));
    }

    /// Returns the moves of a plan.
    static Table moves(BalancePlan plan) {
        Table table =
                new Table(
                        Column.right("VSHARD"),
                        Column.right("GROUP"),
                        Column.left("FROM"),
                        Column.left("TO"),
                        Column.left("COPIES"),
                        Column.left("WHY"));
        plan.shifts()
                .forEach(shift ->
                        table.row(
                                Cell.of(shift.vShard().toString()),
                                Cell.of(shift.group().toString()),
                                Cell.of(shift.source().value()),
                                Cell.of(shift.target().value()),
                                Cell.of(shift.targetIs() == Membership.VOTER ? "" : "data"),
                                Cell.of(why(shift))));
        return table;
    }

    private static String text(Session session, BalancePlan plan) {
        List<String> lines = new ArrayList<>();
        if (!plan.shifts().isEmpty()) {
            lines.add(session.output().rendered(moves(plan)));
        }
        lines.add(session.output().rendered(loads(plan)));
        held(plan).forEach(line -> lines.add(line + System.lineSeparator()));
        lines.add(conclusion(plan));
        return String.join("", lines);
    }

    private static Table loads(BalancePlan plan) {
        Table table =
                new Table(
                        Column.left("NODE"),
                        Column.left("STATE"),
                        Column.right("VSHARDS"),
                        Column.right("THEN"),
                        Column.right("REPLICAS"),
                        Column.right("THEN"));
        for (NodeLoad load : plan.loads()) {
            table.row(
                    Cell.of(load.node().value()),
                    Cell.of(load.state().name()),
                    Cell.of("" + load.vShards()),
                    Cell.of("" + load.vShardsThen()),
                    Cell.of("" + load.replicas()),
                    Cell.of("" + load.replicasThen()));
        }
        return table;
    }

    /// Returns what is held back, a line each.
    public static List<String> held(BalancePlan plan) {
        return plan.held().stream().map(each -> held(plan, each)).toList();
    }

    private static String held(BalancePlan plan, HeldShifts held) {
        RefusalText text = RefusalText.of(held.why());
        Optional<PlannedShift> first =
                plan.shifts().stream().filter(each -> isItself(each, held.why())).findFirst();
        if (first.isPresent()) {
            return "%s: not before that of vShard %s is over, which makes %s a member of group %s."
                    .formatted(
                            Figures.count(held.moves(), "more move"),
                            first.get().vShard(),
                            first.get().target(),
                            first.get().group());
        }
        String moves = held.moves() == 0 ? "" : Figures.count(held.moves(), "more move") + " ";
        return "%sheld back by %s: %s. %s"
                .formatted(moves, text.code(), text.message(), text.next());
    }

    /// What only the plan itself begins goes by no name that anybody could look for.
    private static boolean isItself(PlannedShift shift, Refusal why) {
        return why instanceof Refusal.MigrationInProgress(var migration)
                && migration.value().equals("plan-" + shift.vShard());
    }

    private static String conclusion(BalancePlan plan) {
        return plan.shifts().isEmpty()
                ? "Nothing is to be moved now. Only ACTIVE nodes that were heard lately get more:"
                        + " staddle node list"
                : ("Plan %s: %s begin; nothing was changed."
                                + " To carry it out: staddle migration apply %s%s")
                        .formatted(
                                plan.id(),
                                Figures.count(plan.shifts().size(), "move"),
                                plan.id(),
                                hint(plan.wish()));
    }

    /// The id does not tell it, so whoever applies the plan has to.
    private static String hint(PlanWish wish) {
        return switch (wish) {
            case PlanWish.Even _ -> "";
            case PlanWish.Drain(var node) -> " --drain " + node;
            case PlanWish.Fill(var node) -> " --fill " + node;
        };
    }

    private static String why(PlannedShift shift) {
        return switch (shift.why()) {
            case DRAIN -> shift.relieved() + " leaves";
            case SURPLUS ->
                    "so that %s can leave group %s, which has more voters than it needs"
                            .formatted(shift.relieved(), shift.group());
            case REPLICAS -> "%s replicates more groups than others".formatted(shift.relieved());
            case LEASES -> "%s serves more vShards than others".formatted(shift.relieved());
        };
    }
}
