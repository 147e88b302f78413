package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.model.Reach;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.function.Function;

/// `cluster pause`
@Command(
        name = "pause",
        description = {
            "Lets nothing happen by itself to a cluster, or to all.",
            "There is no failover and no readmission then, but operators can act all the same.",
            "The reason is kept and shown until resume."
        })
public final class ClusterPauseVerb extends Verb {
    @Mixin private final Scope scope = new Scope();

    /// Creates it.
    public ClusterPauseVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        String reason = session.globals().reason().strip();
        if (reason.isEmpty()) {
            throw CliException.usage(
                    "a pause needs a reason", "Say why, for those who find it: --reason TEXT");
        }
        Reach reach = scope.reach(session.clusters());
        return session.conclude(
                session.clusters().pause(reach, reason),
                Function.identity(),
                done -> words(reach, done.value()));
    }

    /// What was paused before keeps its first reason.
    private static String words(Reach reach, Answer.Automation now) {
        return "automation is paused for %s: %s"
                .formatted(
                        Scope.words(reach), now.pause().map(Clusters::words).orElse("(no reason)"));
    }
}
