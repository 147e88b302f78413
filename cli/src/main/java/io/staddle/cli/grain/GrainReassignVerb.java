package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `grain reassign`
@Command(
        name = "reassign",
        description = {
            "Gives a grain to a cluster, whoever owns it. The epoch grows.",
            "Without --epoch, at the epoch that it has now."
        })
public final class GrainReassignVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(
            names = "--to",
            paramLabel = "CLUSTER",
            required = true,
            description = "Who is to own it.")
    private ClusterId to = new ClusterId("unset");

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description = "The epoch last seen; 0 for a grain never owned.")
    private Optional<Long> epoch = Optional.empty();

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public GrainReassignVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Ownership current = session.grains().lookup(grain);
        String from = current.owner().map(owner -> " from " + owner).orElse("");
        confirmation.seek(
                session.shell(),
                "This takes %s%s and gives it to %s".formatted(grain, from, to),
                to.value());
        Epoch seen = epoch.map(Epoch::new).orElse(current.epoch());
        return Grains.granted(session, session.grains().reassign(grain, to, seen));
    }
}
