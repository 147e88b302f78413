package io.staddle.cli.events;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.cli.output.Figures;
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
import java.util.List;
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
            description = "At most so many, the oldest, 1 to 1000000. Default: 1000")
    private int limit = 1_000;

    @Option(
            names = "--newest",
            description = "The newest, if there are more than --limit; also the oldest first.")
    private boolean newest;

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
        boolean more = newest && keepNewest(limit, all);
        while (!page.isLast() && (newest || all.getEventsCount() <= limit)) {
            page = session.events().after(page.throughIndex(), filter);
            add(page, all);
            more |= newest && keepNewest(limit, all);
        }
        more |= !page.isLast() || all.getEventsCount() > limit;
        ListEventsAnswer answer = first(limit, all.setThroughIndex(page.throughIndex()));
        session.output().table(answer, () -> table(answer));
        if (more) {
            session.say(
                    newest
                            ? "There are more before them: a higher --limit"
                            : "There may be more: --after %d, a higher --limit, or --newest"
                                    .formatted(answer.getThroughIndex()));
        } else if (answer.getEventsCount() == 0) {
            session.say("Nothing happened" + window());
        }
        return ExitCode.DONE;
    }

    /// Tells whether there were more.
    static boolean keepNewest(int limit, ListEventsAnswer.Builder all) {
        int count = all.getEventsCount();
        if (count <= limit) {
            return false;
        }
        List<Event> kept = List.copyOf(all.getEventsList().subList(count - limit, count));
        all.clearEvents().addAllEvents(kept);
        return true;
    }

    private String window() {
        return after.map(index -> " after index " + index + ".")
                .orElse(
                        " in the last %s. Longer: --since DURATION; all that is kept: --after 0"
                                .formatted(Figures.duration(since)));
    }

    /// Keeps the first ones, and goes through the last entry of which none is left out: so whoever
    /// goes on after that index misses nothing.
    static ListEventsAnswer first(int limit, ListEventsAnswer.Builder all) {
        if (all.getEventsCount() > limit) {
            long cut = all.getEvents(limit).getRevision().getIndex();
            List<Event> kept = List.copyOf(all.getEventsList().subList(0, limit));
            all.clearEvents().addAllEvents(kept).setThroughIndex(cut - 1);
        }
        return all.build();
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
                        Column.left("ACTOR"),
                        Column.left("REASON"),
                        Column.left("WHAT"));
        for (Event event : answer.getEventsList()) {
            table.row(
                    EventWords.revision(event),
                    EventWords.time(event),
                    EventWords.kind(event),
                    EventWords.actor(event),
                    EventWords.reason(event),
                    EventWords.what(event.getBody()));
        }
        return table;
    }
}
