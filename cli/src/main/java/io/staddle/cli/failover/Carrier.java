package io.staddle.cli.failover;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Move;
import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.PlanMoveAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.Result;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.UUID;

/// Shows a plan, asks, and carries it out. A mixin of the verbs that move holdings.
final class Carrier {
    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Name this move; repeated with the same name it is done once.")
    private Optional<MoveId> id = Optional.empty();

    @Mixin private final Confirmation confirmation = new Confirmation();

    private final MoveId random = new MoveId(UUID.randomUUID().toString());

    MoveId id() {
        return id.orElse(random);
    }

    /// Tells whether the user has named this move and it was carried out before.
    boolean isDone(Session session, OfHoldings command) {
        return id.isPresent()
                && session.clusters().movesOf(command.cluster()).stream()
                        .anyMatch(move -> move.id().equals(command.id()));
    }

    /// Carries out what the plan says, or nothing.
    ExitCode carryOut(Session session, OfHoldings command, MovePlan plan) {
        if (!plan.heldBy().isEmpty()) {
            return refused(session, plan.heldBy().getFirst());
        }
        session.shell().err().print(Moves.table(plan.move()).render(session.ink()));
        session.shell().err().flush();
        confirmation.seek(session.shell(), Plans.consequence(command), command.cluster().value());
        return send(session, Plans.bound(command, plan.id()));
    }

    /// Carries it out without a question.
    ExitCode send(Session session, OfHoldings command) {
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
            session.say("See whether it was carried out: staddle failover show " + command.id());
        }
        return code;
    }

    static ExitCode refused(Session session, Refusal why) {
        if (!session.output().isTable()) {
            PlanMoveAnswer answer =
                    PlanMoveAnswer.newBuilder().setRefusal(RefusalCodec.encode(why)).build();
            session.output().show(answer, () -> "");
        }
        return session.refused(why);
    }
}
