package io.staddle.cli.failover;

import io.staddle.api.codec.MoveCodec;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.Move;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `failover show`
@Command(name = "show", description = "Shows what a move did, by type.")
public final class FailoverShowVerb extends Verb {
    @Parameters(paramLabel = "MOVE", description = "Its id, or enough of its beginning.")
    private String id = "";

    /// Creates it.
    public FailoverShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<Move> found =
                session.clusters().moves().stream()
                        .filter(each -> each.id().value().startsWith(id))
                        .toList();
        if (found.size() != 1) {
            throw CliException.refused(
                    Figures.count(found.size(), "move") + " with an id that starts with " + id,
                    "To see them: staddle failover list");
        }
        Move move = found.getFirst();
        session.output().show(MoveCodec.encode(move), () -> words(session, move));
        return ExitCode.DONE;
    }

    private static String words(Session session, Move move) {
        return "%s %s of %s at %s: %s%s\n%s"
                .formatted(
                        Moves.word(move.kind()),
                        move.id(),
                        move.cluster(),
                        Figures.time(move.at().atMillis()),
                        Moves.summary(move),
                        move.demotion().map(FailoverShowVerb::words).orElse(""),
                        session.output().rendered(Moves.table(move)));
    }

    private static String words(Demotion demotion) {
        return "\ncause: "
                + Moves.word(demotion.cause())
                + Moves.role(demotion).map(role -> "; then " + role).orElse("");
    }
}
