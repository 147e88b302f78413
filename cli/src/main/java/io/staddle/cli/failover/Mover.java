package io.staddle.cli.failover;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.PlanCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.Move;
import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.v1.PlanMoveAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.Preview;
import io.staddle.client.Result;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.UUID;

/// Shows what a move would do, asks, and carries it out. A mixin of the verbs that move holdings.
final class Mover {
    @Option(names = "--dry-run", description = "Show what would happen, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Name this move; repeated with the same name it is done once.")
    private String id = UUID.randomUUID().toString();

    @Mixin private final Confirmation confirmation = new Confirmation();

    MoveId id() {
        return new MoveId(id);
    }

    /// Does it.
    ///
    /// @param sentence what it does, for the question, without a full stop
    ExitCode move(Session session, OfHoldings command, String sentence) {
        return switch (session.clusters().preview(command)) {
            case Preview.Refused(var why) -> refused(session, why);
            case Preview.Planned(var plan) when dryRun -> preview(session, plan);
            case Preview.Planned(var plan) when !plan.heldBy().isEmpty() ->
                    refused(session, plan.heldBy().getFirst());
            case Preview.Planned(var plan) -> {
                session.shell().err().print(Moves.table(plan.move()).render(session.ink()));
                session.shell().err().flush();
                confirmation.seek(session.shell(), sentence, command.cluster().value());
                yield carryOut(session, asPlanned(command, plan.id()));
            }
        };
    }

    /// What was shown is what is done: if it would look different by now, it is refused.
    private static OfHoldings asPlanned(OfHoldings command, PlanId plan) {
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

    private static ExitCode refused(Session session, Refusal why) {
        if (!session.output().isTable()) {
            PlanMoveAnswer answer =
                    PlanMoveAnswer.newBuilder().setRefusal(RefusalCodec.encode(why)).build();
            session.output().show(answer, () -> "");
        }
        return session.refused(why);
    }

    private static ExitCode preview(Session session, MovePlan plan) {
        PlanMoveAnswer answer = PlanMoveAnswer.newBuilder().setPlan(PlanCodec.encode(plan)).build();
        session.output().table(answer, () -> Moves.table(plan.move()));
        session.say(
                "Nothing was changed. %s would move, %s would be stranded."
                        .formatted(
                                Figures.count(plan.move().grainsMoved(), "grain"),
                                Figures.count(plan.move().grainsStranded())));
        plan.heldBy()
                .forEach(why -> session.say("Held back now: " + RefusalText.of(why).message()));
        return plan.heldBy().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static ExitCode carryOut(Session session, OfHoldings command) {
        long start = System.nanoTime();
        Result<Move> result = session.clusters().move(command);
        long nanos = System.nanoTime() - start;
        ExitCode code =
                session.conclude(
                        result,
                        Answer.Moved::new,
                        done ->
                                "%s of %s: %s, %s"
                                        .formatted(
                                                Moves.word(done.value().kind()),
                                                command.cluster(),
                                                Moves.summary(done.value()),
                                                Figures.millis(nanos)));
        if (result instanceof Result.Unknown<Move>) {
            session.say("To ask for the same move again: --id " + command.id());
        }
        return code;
    }
}
