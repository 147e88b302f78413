package io.staddle.cli.grain;

import io.staddle.api.id.Epoch;
import io.staddle.api.model.Ownership;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `grain reassign`
@Command(
        name = "reassign",
        description = {
            "Gives a grain to a cluster, whoever owns it. The epoch grows.",
            "Without --epoch, at the epoch that it has now."
        })
public final class GrainReassignVerb extends Verb {
    @Mixin private final Target target = new Target();

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public GrainReassignVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Ownership current = session.grains().lookup(target.grain());
        String from = current.owner().map(owner -> " from " + owner).orElse("");
        confirmation.seek(
                session.shell(),
                "This takes %s%s and gives it to %s".formatted(target.grain(), from, target.to()),
                target.to().value());
        Epoch seen = target.epoch().map(Epoch::new).orElse(current.epoch());
        return Grains.granted(
                session, session.grains().reassign(target.grain(), target.to(), seen));
    }
}
