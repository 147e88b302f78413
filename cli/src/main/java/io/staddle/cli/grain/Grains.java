package io.staddle.cli.grain;

import io.staddle.api.answer.Answer;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.Result;

import java.util.List;

/// Shows grains and who owns them.
final class Grains {
    private Grains() {}

    /// Concludes a verb that makes somebody the owner of a grain.
    static ExitCode granted(Session session, Result<Answer.Grant> result) {
        return session.conclude(result, grant -> grant, done -> words(done.value()));
    }

    static Table table(List<Ownership> grains) {
        Table table =
                new Table(
                        Column.left("GRAIN"),
                        Column.left("STATE"),
                        Column.left("OWNER"),
                        Column.right("EPOCH"),
                        Column.right("REVISION"),
                        Column.left("SINCE"));
        grains.forEach(each -> row(table, each));
        return table;
    }

    private static String words(Answer.Grant grant) {
        String lease =
                grant.leaseUntilMillis() == 0
                        ? ""
                        : ", leased until " + Figures.time(grant.leaseUntilMillis());
        return "%s is owned by %s in epoch %s since revision %s%s"
                .formatted(grant.grain(), grant.owner(), grant.epoch(), grant.since(), lease);
    }

    /// Returns the state of a grain in one word, as it is exported.
    static String state(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Unowned unowned -> "unowned";
            case Ownership.Owned owned -> "owned";
            case Ownership.Stranded stranded -> "stranded";
            case Ownership.Released released -> "released";
        };
    }

    private static void row(Table table, Ownership ownership) {
        switch (ownership) {
            case Ownership.Unowned unowned -> row(table, unowned, Tone.DIM, "");
            case Ownership.Owned(_, var by, _, _, var since, _, _) ->
                    row(table, ownership, Tone.GOOD, by.value(), since);
            case Ownership.Stranded(_, var former, _, var since, _) ->
                    row(table, ownership, Tone.BAD, "(" + former + ")", since);
            case Ownership.Released(_, var last, _, var since) ->
                    row(table, ownership, Tone.DIM, "(" + last + ")", since);
        }
    }

    private static void row(
            Table table, Ownership ownership, Tone tone, String owner, Since... since) {
        String revision = since.length == 0 ? "" : since[0].revision().toString();
        String time = since.length == 0 ? "" : Figures.time(since[0].atMillis());
        table.row(
                Cell.of(ownership.grain().toString()),
                new Cell(state(ownership), tone),
                Cell.of(owner),
                Cell.of(ownership.epoch().toString()),
                Cell.of(revision),
                Cell.of(time));
    }
}
