package io.staddle.cli.routing;

import io.staddle.api.codec.GhostCodec;
import io.staddle.api.model.Ghost;
import io.staddle.api.v1.ListGhostsAnswer;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/// `routing ghosts`
@Command(
        name = "ghosts",
        description = "Shows the stubs that send callers on from nodes that served a vShard.")
public final class RoutingGhostsVerb extends Verb {
    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public RoutingGhostsVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present);
        List<Ghost> ghosts = session.routing().ghosts();
        ListGhostsAnswer.Builder answer = ListGhostsAnswer.newBuilder();
        ghosts.forEach(ghost -> answer.addGhosts(GhostCodec.encode(ghost)));
        session.output().table(answer.build(), () -> Routes.ghosts(ghosts));
        if (ghosts.isEmpty()) {
            session.say("There are no ghosts.");
        }
        return ExitCode.DONE;
    }
}
