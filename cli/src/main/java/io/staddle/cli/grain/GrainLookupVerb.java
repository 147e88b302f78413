package io.staddle.cli.grain;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Moment;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Observed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `grain lookup`
@Command(name = "lookup", description = "Tells who owns a grain, and in which epoch.")
public final class GrainLookupVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(
            names = "--stale",
            description = "What the asked server has, however old. Else linearizable.")
    private boolean stale;

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public GrainLookupVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present, epoch -> new Moment.AtEpoch(grain, new Epoch(epoch)));
        Consistency consistency = stale ? Consistency.STALE : Consistency.LINEARIZABLE;
        Observed<Ownership> found = session.grains().lookup(grain, consistency);
        LookupAnswer answer =
                LookupAnswer.newBuilder()
                        .setHeader(encode(found.header()))
                        .setOwnership(OwnershipCodec.encode(found.value()))
                        .build();
        session.output().table(answer, () -> Grains.table(List.of(found.value())));
        if (found.value() instanceof Ownership.Unowned) {
            session.say(
                    "Nobody owns it. To own it: staddle grain acquire "
                            + grain
                            + " --owner CLUSTER");
        }
        return ExitCode.DONE;
    }

    private static io.staddle.api.v1.AnswerHeader encode(AnswerHeader header) {
        return io.staddle.api.v1.AnswerHeader.newBuilder()
                .setIndex(header.index())
                .setServer(header.server())
                .setAgeMillis(header.ageMillis())
                .build();
    }
}
