package io.staddle.cli.events;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.staddle.api.codec.DiffCodec;
import io.staddle.api.query.Moment;
import io.staddle.api.v1.StateDiff;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Optional;

/// `diff`
@Command(
        name = "diff",
        description = {
            "Shows what is not the same in two states, as far back as history is kept.",
            "A moment is a revision as 1234 or 1234.5, or a time as 2026-11-22T10:15:00Z or 2h",
            "(that long ago). A holding that moved is one line, however many grains are in it."
        })
public final class DiffVerb extends Verb {
    private static final int LIMIT_MAX = 10_000;

    @Parameters(index = "0", paramLabel = "FROM", description = "The earlier moment.")
    private String from = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "The later one. Default: now")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many things are compared, 1 to 10000. Default: 1000")
    private int limit = 1_000;

    /// Creates it.
    public DiffVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw CliException.usage("--limit must be 1 to " + LIMIT_MAX, "Correct it.");
        }
        Optional<Moment> end = to.map(AsOf::moment);
        StateDiff diff = DiffCodec.encode(session.events().diff(AsOf.moment(from), end, limit));
        Table table = table(diff);
        session.output().table(diff, () -> table);
        if (diff.getMore()) {
            session.say(
                    "More has changed than "
                            + Figures.count(limit)
                            + " things. To see more: --limit N, or moments that are closer.");
        } else if (table.isEmpty()) {
            session.say("Nothing is different.");
        }
        return ExitCode.DONE;
    }

    private static Table table(StateDiff diff) {
        Table table =
                new Table(
                        Column.left("KIND"),
                        Column.left("CHANGE"),
                        Column.left("BEFORE"),
                        Column.left("AFTER"));
        diff.getAllFields()
                .forEach((field, value) -> {
                    if (field.isRepeated()) {
                        for (Object change : (List<?>) value) {
                            row(field.getName().replaceAll("s$", ""), (Message) change, table);
                        }
                    }
                });
        return table;
    }

    private static void row(String kind, Message change, Table to) {
        FieldDescriptor before = change.getDescriptorForType().findFieldByName("before");
        FieldDescriptor after = change.getDescriptorForType().findFieldByName("after");
        boolean was = change.hasField(before);
        boolean is = change.hasField(after);
        if (was && is) {
            Message old = (Message) change.getField(before);
            Message now = (Message) change.getField(after);
            to.row(kind, "changed", different(old, now), different(now, old));
        } else if (was) {
            to.row(kind, "gone", EventWords.fields((Message) change.getField(before)), "");
        } else {
            to.row(kind, "new", "", EventWords.fields((Message) change.getField(after)));
        }
    }

    /// Returns what names it, and the fields of `shown` that are not the same in `other`.
    private static String different(Message shown, Message other) {
        Message.Builder words = shown.newBuilderForType();
        for (FieldDescriptor field : shown.getDescriptorForType().getFields()) {
            boolean isSet = shown.getAllFields().containsKey(field);
            boolean differs = !shown.getField(field).equals(other.getField(field));
            if (isSet && (differs || field.getNumber() == 1)) {
                words.setField(field, shown.getField(field));
            }
        }
        return EventWords.fields(words.build());
    }
}
