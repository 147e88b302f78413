package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Held;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `grain release`
@Command(
        name = "release",
        description = {
            "Lets go of a grain. Its epoch is kept: the next owner gets a higher one.",
            "Without --owner and --epoch it asks, then releases it from whoever owns it."
        })
public final class GrainReleaseVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(names = "--owner", paramLabel = "CLUSTER", description = "Who owns it.")
    private Optional<ClusterId> owner = Optional.empty();

    @Option(names = "--epoch", paramLabel = "N", description = "The epoch that it is owned in.")
    private Optional<Long> epoch = Optional.empty();

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public GrainReleaseVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Held held = Seen.of(grain, owner, epoch).complete(session.grains());
        if (owner.isEmpty() || epoch.isEmpty()) {
            String what =
                    "This releases %s from %s, epoch %s"
                            .formatted(grain, held.holder(), held.epoch());
            confirmation.seek(session.shell(), what, held.holder().value());
        }
        return session.conclude(
                session.grains().release(held),
                released -> released,
                done ->
                        "%s is released; its epoch stays %s (revision %s)"
                                .formatted(grain, done.value().epoch(), done.revision()));
    }
}
