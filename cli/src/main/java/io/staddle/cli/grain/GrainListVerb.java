package io.staddle.cli.grain;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.GrainCursor;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `grain list`
@Command(
        name = "list",
        description = {
            "Lists grains: all, those of a type, or those that a cluster owns.",
            "For all of many grains, `grain export` is the way."
        })
public final class GrainListVerb extends Verb {
    @Option(names = "--owner", paramLabel = "CLUSTER", description = "Only what it owns.")
    private Optional<ClusterId> owner = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only grains of this type.")
    private Optional<GrainType> type = Optional.empty();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Only keys that start so; with --type, without --owner.")
    private String prefix = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most to list, 1 to 1000000. Default: 100")
    private int limit = 100;

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public GrainListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present);
        if (limit < 1 || limit > 1_000_000) {
            throw CliException.usage(
                    "--limit must be 1 to 1000000, but is " + limit,
                    "For more: staddle grain export");
        }
        List<Ownership> grains = new ArrayList<>();
        boolean more;
        try (GrainCursor cursor = session.grains().list(filter(), Consistency.LINEARIZABLE)) {
            while (grains.size() < limit && cursor.hasNext()) {
                grains.add(cursor.next());
            }
            more = grains.size() == limit && cursor.hasNext();
        }
        ListGrainsAnswer.Builder answer = ListGrainsAnswer.newBuilder();
        grains.forEach(each -> answer.addGrains(OwnershipCodec.encode(each)));
        session.output().table(answer.build(), () -> Grains.table(grains));
        talk(session, grains, more);
        return ExitCode.DONE;
    }

    private void talk(Session session, List<Ownership> grains, boolean more) {
        if (grains.isEmpty()) {
            session.say(
                    "No such grains. To see what there is: staddle grain count. To add one:"
                            + " staddle grain acquire TYPE/KEY --owner CLUSTER");
        } else if (more) {
            session.say(
                    "There are more than "
                            + Figures.count(limit)
                            + ". To see more: --limit N, or staddle grain export");
        }
    }

    private GrainFilter filter() {
        if (!prefix.isEmpty() && (type.isEmpty() || owner.isPresent())) {
            throw CliException.usage(
                    "--prefix needs --type, and does not go with --owner",
                    "Such as: staddle grain list --type cart --prefix 2024-");
        }
        return filter(owner, type, prefix);
    }

    private static GrainFilter filter(
            Optional<ClusterId> owner, Optional<GrainType> type, String prefix) {
        if (owner.isPresent()) {
            return type.<GrainFilter>map(of -> new GrainFilter.OwnedOfType(owner.get(), of))
                    .orElseGet(() -> new GrainFilter.OwnedBy(owner.get()));
        }
        return type.<GrainFilter>map(of -> new GrainFilter.OfType(of, prefix))
                .orElseGet(GrainFilter.All::new);
    }
}
