package io.staddle.cli.replay;

import io.staddle.api.codec.ReplayCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.ReplayStatus;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Optional;

/// `replay status`
@Command(
        name = "status",
        description = {
            "Shows how much each cluster has yet to make up for.",
            "Of one cluster also what is known of the origins: the highest number of each, up to",
            "where it is settled, and what is missing."
        })
public final class ReplayStatusVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "The cluster; else all.")
    private Optional<ClusterId> target = Optional.empty();

    /// Creates it.
    public ReplayStatusVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<ReplayStatus> queues =
                target.map(each -> List.of(session.replay().status(each)))
                        .orElseGet(session.replay()::list);
        ReplayStatusAnswer.Builder answer = ReplayStatusAnswer.newBuilder();
        queues.forEach(each -> answer.addQueues(ReplayCodec.encode(each)));
        if (target.isPresent()) {
            session.output().show(answer.build(), () -> Queues.details(queues.getFirst()));
        } else {
            session.output().table(answer.build(), () -> Queues.table(queues));
        }
        if (queues.isEmpty()) {
            session.say("Nothing was ever appended to a replay queue.");
        }
        return ExitCode.DONE;
    }
}
