package io.staddle.cli.failover;

import io.staddle.api.codec.MoveCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Move;
import io.staddle.api.v1.ListMovesAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ClusterAdmin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

/// `failover list`
@Command(
        name = "list",
        description = "Lists failovers, fail-backs and evacuations, the newest first.")
public final class FailoverListVerb extends Verb {
    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "Only those of it.")
    private Optional<ClusterId> cluster = Optional.empty();

    /// Creates it.
    public FailoverListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterAdmin clusters = session.clusters();
        List<Move> moves = cluster.map(clusters::movesOf).orElseGet(clusters::moves);
        ListMovesAnswer.Builder answer = ListMovesAnswer.newBuilder();
        moves.forEach(each -> answer.addMoves(MoveCodec.encode(each)));
        session.output().table(answer.build(), () -> Moves.list(moves));
        if (moves.isEmpty()) {
            session.say("No moves yet. To see what one would do: staddle failover plan CLUSTER");
        }
        return ExitCode.DONE;
    }
}
