package io.staddle.cli.replay;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
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

/// `replay ack`
@Command(
        name = "ack",
        description = {
            "Says for a cluster that it has applied everything up to a place: it is removed.",
            "Repeated it changes nothing."
        })
public final class ReplayAckVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId target = new ClusterId("unset");

    @Option(
            names = "--through",
            required = true,
            paramLabel = "SEQ",
            description = "The last place that was applied.")
    private long through;

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            description = "Who has applied it. Default: staddle-cli")
    private String consumer = "staddle-cli";

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ReplayAckVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ReplayQueue seen = session.replay().status(target).queue();
        long gone = Math.min(through, seen.lastSeq()) - seen.ackedSeq();
        if (gone > 0) {
            confirmation.seek(
                    session.shell(),
                    "This removes %s of the queue of %s as applied"
                            .formatted(Figures.count(gone, "write"), target),
                    target.value());
        }
        return session.conclude(
                session.replay().acknowledge(target, through, new ConsumerId(consumer)),
                Answer.Queue::new,
                done ->
                        "%s has %s left to replay (revision %s)"
                                .formatted(
                                        target,
                                        Figures.count(done.value().entries(), "write"),
                                        done.revision()));
    }
}
