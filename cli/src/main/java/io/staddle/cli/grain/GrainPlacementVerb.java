package io.staddle.cli.grain;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Placement;
import io.staddle.api.v1.ListPlacementsAnswer;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `grain placement`
@Command(
        name = "placement",
        description = {
            "Shows or sets which clusters may own grains of a type.",
            "Grains that are owned already stay where they are."
        })
public final class GrainPlacementVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "TYPE", description = "The type; else all.")
    private Optional<GrainType> type = Optional.empty();

    @Option(
            names = "--allow",
            paramLabel = "CLUSTER",
            split = ",",
            description = "Set the clusters that may: --allow eu-1,us-1")
    private List<ClusterId> allowed = List.of();

    @Option(names = "--anywhere", description = "Let any cluster own them.")
    private boolean anywhere;

    /// Creates it.
    public GrainPlacementVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        boolean sets = anywhere || !allowed.isEmpty();
        if ((anywhere && !allowed.isEmpty()) || (sets && type.isEmpty())) {
            throw CliException.usage(
                    "a TYPE and either --allow or --anywhere were expected",
                    "Such as: staddle grain placement cart --allow eu-1,us-1");
        }
        List<Placement> placements =
                session.clusters().placements().stream()
                        .filter(each -> type.isEmpty() || each.type().equals(type.get()))
                        .toList();
        return sets
                ? set(session, type.get(), placements)
                : show(session, type.map(of -> completed(of, placements)).orElse(placements));
    }

    private ExitCode set(Session session, GrainType of, List<Placement> found) {
        Placement seen = completed(of, found).getFirst();
        return session.conclude(
                session.clusters().place(of, allowed, seen.version()),
                Answer.Placed::new,
                done ->
                        "grains of type %s may be owned by %s (revision %s)"
                                .formatted(of, words(done.value()), done.revision()));
    }

    private static ExitCode show(Session session, List<Placement> placements) {
        ListPlacementsAnswer.Builder answer = ListPlacementsAnswer.newBuilder();
        placements.forEach(each -> answer.addPlacements(ModelCodec.encode(each)));
        session.output().table(answer.build(), () -> table(placements));
        if (placements.isEmpty()) {
            session.say(
                    "No placement is set: any cluster may own any grain. To set one: staddle grain"
                            + " placement TYPE --allow CLUSTER,...");
        }
        return ExitCode.DONE;
    }

    private static List<Placement> completed(GrainType of, List<Placement> found) {
        return found.isEmpty() ? List.of(Placement.anywhere(of)) : found;
    }

    private static Table table(List<Placement> placements) {
        Table table =
                new Table(Column.left("TYPE"), Column.right("VERSION"), Column.left("ALLOWED"));
        placements.forEach(
                each -> table.row(each.type().name(), Long.toString(each.version()), words(each)));
        return table;
    }

    private static String words(Placement placement) {
        return placement.allowed().isEmpty()
                ? "any cluster"
                : placement.allowed().stream()
                        .map(ClusterId::value)
                        .collect(Collectors.joining(", "));
    }
}
