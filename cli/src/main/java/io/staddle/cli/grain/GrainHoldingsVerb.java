package io.staddle.cli.grain;

import io.staddle.api.codec.MoveCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Holding;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.v1.ListHoldingsAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

/// `grain holdings`
@Command(
        name = "holdings",
        description = {
            "Lists the holdings: the grains that change their owner as a whole.",
            "A holding is what one cluster claimed of one type behind one fence."
        })
public final class GrainHoldingsVerb extends Verb {
    @Option(names = "--owner", paramLabel = "CLUSTER", description = "Only what it owns now.")
    private Optional<ClusterId> owner = Optional.empty();

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public GrainHoldingsVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present);
        List<HoldingCount> holdings =
                owner.map(session.grains()::holdingsOf).orElseGet(session.grains()::holdings);
        ListHoldingsAnswer answer =
                ListHoldingsAnswer.newBuilder()
                        .addAllHoldings(holdings.stream().map(MoveCodec::encode).toList())
                        .build();
        session.output().table(answer, () -> table(holdings));
        if (holdings.isEmpty()) {
            session.say(
                    "No holdings. The first grain that a cluster acquires opens one: staddle grain"
                            + " acquire TYPE/KEY --owner CLUSTER");
        }
        return ExitCode.DONE;
    }

    private static Table table(List<HoldingCount> holdings) {
        Table table =
                new Table(
                        Column.right("ID"),
                        Column.left("TYPE"),
                        Column.left("CLAIMED BY"),
                        Column.right("FENCE"),
                        Column.left("OWNER"),
                        Column.right("MOVES"),
                        Column.right("GRAINS"),
                        Column.left("SINCE"),
                        Column.left("REVISION"));
        for (HoldingCount each : holdings) {
            Holding holding = each.holding();
            table.row(
                    Cell.of(holding.id().toString()),
                    Cell.of(holding.type().name()),
                    Cell.of(holding.cluster().value()),
                    Cell.of(holding.fence().toString()),
                    owner(holding.holder()),
                    Cell.of(Figures.count(holding.shift())),
                    Cell.of(Figures.count(each.grains())),
                    Cell.of(Figures.time(holding.since().atMillis())),
                    Cell.of(holding.since().revision().toString()));
        }
        return table;
    }

    private static Cell owner(Holding.Holder holder) {
        return switch (holder) {
            case Holding.Holder.Owner(var cluster) -> Cell.of(cluster.value());
            case Holding.Holder.Stranded(var former) ->
                    new Cell("(stranded, was " + former + ")", Tone.BAD);
        };
    }
}
