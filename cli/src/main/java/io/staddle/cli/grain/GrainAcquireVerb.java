package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;

/// `grain acquire`
@Command(
        name = "acquire",
        description = {
            "Makes a cluster the owner of a grain that nobody owns.",
            "Repeated by the owner it changes nothing."
        })
public final class GrainAcquireVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(
            names = "--owner",
            paramLabel = "CLUSTER",
            required = true,
            description = "Who is to own it.")
    private ClusterId owner = new ClusterId("unset");

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            description = "Release it after this long, such as 30s, unless renewed.")
    private Duration lease = Duration.ZERO;

    /// Creates it.
    public GrainAcquireVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        return Grains.granted(session, session.grains().acquire(grain, owner, lease));
    }
}
