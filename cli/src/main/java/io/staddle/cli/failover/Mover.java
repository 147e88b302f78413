package io.staddle.cli.failover;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Move;
import io.staddle.api.v1.PreviewMoveAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Table;
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
            case Preview.Refused(var why) -> {
                if (!session.output().isTable()) {
                    PreviewMoveAnswer answer =
                            PreviewMoveAnswer.newBuilder()
                                    .setRefusal(RefusalCodec.encode(why))
                                    .build();
                    session.output().show(answer, () -> "");
                }
                yield session.refused(why);
            }
            case Preview.Accepted(var move) when dryRun -> preview(session, move);
            case Preview.Accepted(var move) -> {
                session.shell().err().print(plan(move).render(session.ink()));
                session.shell().err().flush();
                confirmation.seek(session.shell(), sentence, command.cluster().value());
                yield carryOut(session, command);
            }
        };
    }

    private static ExitCode preview(Session session, Move move) {
        PreviewMoveAnswer answer =
                PreviewMoveAnswer.newBuilder().setMove(MoveCodec.encode(move)).build();
        session.output().table(answer, () -> plan(move));
        session.say(
                "Nothing was changed. %s would move, %s would be stranded."
                        .formatted(
                                Figures.count(move.grainsMoved(), "grain"),
                                Figures.count(move.grainsStranded())));
        return ExitCode.DONE;
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

    private static Table plan(Move move) {
        return Moves.table(move);
    }
}
