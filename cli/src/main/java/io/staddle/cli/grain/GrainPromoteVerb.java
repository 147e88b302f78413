package io.staddle.cli.grain;

import io.staddle.api.command.Takeover;
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

/// `grain promote`
@Command(
        name = "promote",
        description = {
            "Moves a grain to another cluster, if it is still owned as last seen.",
            "Without --from and --epoch, as it is owned now. The epoch grows."
        })
public final class GrainPromoteVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(
            names = "--to",
            paramLabel = "CLUSTER",
            required = true,
            description = "Who is to own it.")
    private ClusterId to = new ClusterId("unset");

    @Option(
            names = "--from",
            paramLabel = "CLUSTER",
            description = "The owner last seen; of a stranded grain the cluster that failed.")
    private Optional<ClusterId> from = Optional.empty();

    @Option(names = "--epoch", paramLabel = "N", description = "The epoch last seen.")
    private Optional<Long> epoch = Optional.empty();

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
        Held seen = Seen.of(grain, from, epoch).complete(session.grains());
        if (fromLiveOwner) {
            String what = "This takes %s from %s, alive or not".formatted(grain, seen.holder());
            confirmation.seek(session.shell(), what, to.value());
        }
        Takeover takeover = fromLiveOwner ? Takeover.FROM_LIVE_OWNER : Takeover.FROM_FAILED_OWNER;
        return Grains.granted(session, session.grains().promote(seen, to, takeover));
    }
}
