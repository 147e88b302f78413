package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.query.GrainCount;
import io.staddle.api.v1.CountGrainsAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.GrainDirectory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

/// `grain count`
@Command(name = "count", description = "Counts grains by type and owner.")
public final class GrainCountVerb extends Verb {
    @Option(names = "--owner", paramLabel = "CLUSTER", description = "Only what it owns.")
    private Optional<ClusterId> owner = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only grains of this type.")
    private Optional<GrainType> type = Optional.empty();

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public GrainCountVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present);
        List<GrainCount> counts = counts(session.grains());
        long total = counts.stream().mapToLong(GrainCount::grains).sum();
        CountGrainsAnswer.Builder answer = CountGrainsAnswer.newBuilder().setTotal(total);
        counts.forEach(each -> answer.addCounts(encode(each)));
        session.output().table(answer.build(), () -> table(counts, total));
        if (counts.isEmpty()) {
            session.say(
                    "No grains. To add one: staddle grain acquire TYPE/KEY --owner CLUSTER. Many:"
                            + " staddle grain import FILE");
        }
        return ExitCode.DONE;
    }

    private List<GrainCount> counts(GrainDirectory grains) {
        if (owner.isPresent()) {
            return grains.countOwnedBy(owner.get()).stream()
                    .filter(each -> type.isEmpty() || each.type().equals(type.get()))
                    .toList();
        }
        return type.isPresent() ? grains.countOfType(type.get()) : grains.count();
    }

    private static Table table(List<GrainCount> counts, long total) {
        Table table = new Table(Column.left("TYPE"), Column.left("OWNER"), Column.right("GRAINS"));
        if (counts.isEmpty()) {
            return table;
        }
        for (GrainCount each : counts) {
            table.row(
                    Cell.of(each.type().name()),
                    each.owner()
                            .map(cluster -> Cell.of(cluster.value()))
                            .orElseGet(() -> new Cell("(stranded)", Tone.BAD)),
                    Cell.of(Figures.count(each.grains())));
        }
        return table.row(
                new Cell("total", Tone.BOLD),
                Cell.of(" "),
                new Cell(Figures.count(total), Tone.BOLD));
    }

    private static io.staddle.api.v1.GrainCount encode(GrainCount count) {
        return io.staddle.api.v1.GrainCount.newBuilder()
                .setType(count.type().name())
                .setOwner(count.owner().map(ClusterId::value).orElse(""))
                .setGrains(count.grains())
                .build();
    }
}
