package io.staddle.cli.explain;

import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Explained;
import io.staddle.api.v1.ExplainGrainAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `grain explain`
@Command(
        name = "explain",
        description = {
            "Tells why somebody owns a grain, or nobody does, and what would change it.",
            "What led to it, by whom and why; and what holds each change back."
        })
public final class GrainExplainVerb extends Verb {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    /// Creates it.
    public GrainExplainVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Explained<Ownership> found = session.grains().explain(grain);
        ExplainGrainAnswer answer =
                ExplainGrainAnswer.newBuilder()
                        .setOwnership(OwnershipCodec.encode(found.value()))
                        .setExplanation(ExplanationCodec.encode(found.explanation()))
                        .build();
        session.output().show(answer, () -> Story.of(headline(found.value()), found.explanation()));
        return ExitCode.DONE;
    }

    private static String headline(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Unowned(var grain, _) ->
                    "nobody owns " + grain + ", nor ever did, as far as is known";
            case Ownership.Owned(var grain, var by, var epoch, var fence, var since, _, _) ->
                    "%s owns %s in epoch %s since revision %s, behind fence %s"
                            .formatted(by, grain, epoch, since.revision(), fence);
            case Ownership.Stranded(var grain, var former, var epoch, var since, _) ->
                    "nobody owns %s since %s failed at revision %s; epoch %s"
                            .formatted(grain, former, since.revision(), epoch);
            case Ownership.Released(var grain, var last, var epoch, var since) ->
                    "nobody owns %s since %s let go of it at revision %s; epoch %s"
                            .formatted(grain, last, since.revision(), epoch);
        };
    }
}
