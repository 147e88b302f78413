package io.staddle.cli.replay;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `replay settle`
@Command(
        name = "settle",
        description = {
            "Says that an origin sends no write up to a number any more.",
            "What is missing there is missed no longer, and what comes yet is skipped."
        })
public final class ReplaySettleVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster whose queue it is.")
    private ClusterId target = new ClusterId("unset");

    @Option(
            names = "--origin",
            required = true,
            paramLabel = "CLUSTER",
            description = "The cluster that appends to it.")
    private ClusterId origin = new ClusterId("unset");

    @Option(
            names = "--through",
            required = true,
            paramLabel = "NUMBER",
            description = "The last number of the origin that is settled.")
    private long through;

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ReplaySettleVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        confirmation.seek(
                session.shell(),
                "This skips whatever %s still sends to %s up to %d"
                        .formatted(origin, target, through),
                origin.value());
        return session.conclude(
                session.replay().settle(target, origin, through),
                settled -> new Answer.Settled(target, settled),
                done ->
                        "%s is settled to %d for %s (revision %s)"
                                .formatted(
                                        origin, done.value().settled(), target, done.revision()));
    }
}
