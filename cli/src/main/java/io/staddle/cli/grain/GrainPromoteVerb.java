package io.staddle.cli.grain;

import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Held;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;

/// `grain promote`
@Command(
        name = "promote",
        description = {
            "Moves a grain to another cluster, if it is still owned as last seen.",
            "Without --from and --epoch, as it is owned now. The epoch grows."
        })
public final class GrainPromoteVerb extends Verb {
    @Mixin private final Target target = new Target();

    @Option(
            names = "--from",
            paramLabel = "CLUSTER",
            description = "The owner last seen; of a stranded grain the cluster that failed.")
    private Optional<ClusterId> from = Optional.empty();

    @Option(
            names = "--from-live-owner",
            description = "Also from an owner that lives. Else that is refused.")
    private boolean fromLiveOwner;

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public GrainPromoteVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Held seen = Seen.of(target.grain(), from, target.epoch()).complete(session.grains());
        if (fromLiveOwner) {
            String what =
                    "This takes %s from %s, alive or not".formatted(target.grain(), seen.holder());
            confirmation.seek(session.shell(), what, target.to().value());
        }
        Takeover takeover = fromLiveOwner ? Takeover.FROM_LIVE_OWNER : Takeover.FROM_FAILED_OWNER;
        return Grains.granted(session, session.grains().promote(seen, target.to(), takeover));
    }
}
