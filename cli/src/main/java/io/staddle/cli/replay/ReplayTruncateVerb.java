package io.staddle.cli.replay;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayQueue;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `replay truncate`
@Command(
        name = "truncate",
        description = {
            "Throws away what a cluster has yet to make up for, though it has not applied it.",
            "These writes are lost to it. What is appended while it asks stays. Needs --reason."
        })
public final class ReplayTruncateVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId target = new ClusterId("unset");

    @Option(
            names = "--through",
            paramLabel = "SEQ",
            description = "The last place to throw away. Default: the last one there is now")
    private Optional<Long> through = Optional.empty();

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ReplayTruncateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        String reason = session.reasonFor("truncating a replay queue");
        ReplayQueue seen = Queues.backlog(session.replay(), target);
        long last = through.orElse(seen.lastSeq());
        long lost = Math.max(0, Math.min(last, seen.lastSeq()) - seen.ackedSeq());
        confirmation.seek(
                session.shell(),
                "This throws away %s that %s has not applied"
                        .formatted(Figures.count(lost, "write"), target),
                target.value());
        return session.conclude(
                session.replay().truncate(target, last, seen.ackedSeq(), reason),
                Answer.Queue::new,
                done ->
                        "%s are thrown away; %s has %s left to replay (revision %s)"
                                .formatted(
                                        Figures.count(lost, "write"),
                                        target,
                                        Figures.count(done.value().entries(), "write"),
                                        done.revision()));
    }
}
