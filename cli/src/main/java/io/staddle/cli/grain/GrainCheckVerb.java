package io.staddle.cli.grain;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Held;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `grain check`
@Command(
        name = "check",
        description = {
            "Checks whether a cluster owns a grain in an epoch: the fence check.",
            "Always linearizable. Exit code 0 if so, 2 if not."
        })
public final class GrainCheckVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(
            names = "--owner",
            paramLabel = "CLUSTER",
            required = true,
            description = "Who says that it owns it.")
    private ClusterId owner = new ClusterId("unset");

    @Option(
            names = "--epoch",
            paramLabel = "N",
            required = true,
            description = "The epoch that it shows.")
    private long epoch;

    /// Creates it.
    public GrainCheckVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        FenceCheck check = session.grains().checkFence(new Held(grain, owner, new Epoch(epoch)));
        CheckFenceAnswer answer =
                CheckFenceAnswer.newBuilder()
                        .setValid(check.valid())
                        .setCurrent(OwnershipCodec.encode(check.current()))
                        .build();
        session.output().show(answer, () -> words(session, check));
        return check.valid() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private String words(Session session, FenceCheck check) {
        if (check.valid()) {
            String valid = session.output().paint(Tone.GOOD, "valid");
            return "%s: %s owns %s in epoch %d".formatted(valid, owner, grain, epoch);
        }
        String fenced = session.output().paint(Tone.BAD, "fenced");
        String current =
                session.output().rendered(Grains.table(List.of(check.current()))).stripTrailing();
        return "%s: %s does not own %s in epoch %d. It must stop acting as the owner.\n%s"
                .formatted(fenced, owner, grain, epoch, current);
    }
}
