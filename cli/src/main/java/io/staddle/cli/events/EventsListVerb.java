package io.staddle.cli.events;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.EventPage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Optional;

/// `events list`
@Command(
        name = "list",
        description = "Shows what happened, the oldest first; in the last hour unless told else.")
public final class EventsListVerb extends Verb {
    private static final int LIMIT_MAX = 1_000_000;

    @Mixin private EventOptions options = new EventOptions();

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "What happened within that time. Default: 1h")
    private Duration since = Duration.ofHours(1);

    @Option(
            names = "--after",
            paramLabel = "INDEX",
            description = "What happened after that index of the log; 0 for all that is kept.")
    private Optional<Long> after = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Stop when there are so many, 1 to 1000000. Default: 1000")
    private int limit = 1_000;

    /// Creates it.
    public EventsListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw CliException.usage("--limit must be 1 to " + LIMIT_MAX, "Correct it.");
        }
        EventFilter filter = options.filter();
        EventPage page =
                after.isPresent()
                        ? session.events().after(after.get(), filter)
                        : session.events().since(millisAgo(since), filter);
        if (page.trimmed() && after.orElse(0L) > 0) {
            session.say("Events before index " + page.firstKeptIndex() + " are gone.");
        }
        ListEventsAnswer.Builder all = ListEventsAnswer.newBuilder();
        all.setFirstKeptIndex(page.firstKeptIndex()).setTrimmed(page.trimmed());
        add(page, all);
        while (!page.isLast() && all.getEventsCount() < limit) {
            page = session.events().after(page.throughIndex(), filter);
            add(page, all);
        }
        ListEventsAnswer answer = all.setThroughIndex(page.throughIndex()).build();
        session.output().table(answer, () -> table(answer));
        if (!page.isLast() || all.getEventsCount() >= limit) {
            session.say("There may be more: --after " + answer.getThroughIndex());
        } else if (answer.getEventsCount() == 0) {
            session.say("Nothing happened.");
        }
        return ExitCode.DONE;
    }

    /// Returns that time ago, by the clock here: servers may have another one.
    static long millisAgo(Duration ago) {
        return Math.max(1, System.currentTimeMillis() - ago.toMillis());
    }

    private static void add(EventPage page, ListEventsAnswer.Builder to) {
        page.events().forEach(event -> to.addEvents(EventCodec.encode(event)));
    }

    private static Table table(ListEventsAnswer answer) {
        Table table =
                new Table(
                        Column.left("REVISION"),
                        Column.left("TIME"),
                        Column.left("EVENT"),
                        Column.left("WHAT"),
                        Column.left("ACTOR"),
                        Column.left("REASON"));
        for (Event event : answer.getEventsList()) {
            table.row(
                    EventWords.revision(event),
                    EventWords.time(event),
                    EventWords.kind(event),
                    EventWords.what(event.getBody()),
                    EventWords.actor(event),
                    EventWords.reason(event));
        }
        return table;
    }
}
