package io.staddle.cli.cluster;

import io.staddle.api.model.Reach;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.function.Function;

/// `cluster resume`
@Command(
        name = "resume",
        description = {
            "Ends a pause: failovers that are due take place now.",
            "What was paused for single clusters stays so when it is resumed for all."
        })
public final class ClusterResumeVerb extends Verb {
    @Mixin private final Scope scope = new Scope();

    /// Creates it.
    public ClusterResumeVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Reach reach = scope.reach(session.clusters());
        return session.conclude(
                session.clusters().resume(reach),
                Function.identity(),
                done ->
                        "automation is resumed for %s (revision %s)"
                                .formatted(Scope.words(reach), done.revision()));
    }
}
