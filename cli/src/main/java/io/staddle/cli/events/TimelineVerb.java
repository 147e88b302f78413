package io.staddle.cli.events;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.EventPage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Optional;

/// `timeline`
@Command(
        name = "timeline",
        description = {
            "Shows what happened to a cluster, or to all, for a report of an incident.",
            "What happened to single grains is counted."
        })
public final class TimelineVerb extends Verb {
    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "Only what names it.")
    private Optional<ClusterId> cluster = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "What happened within that time. Default: 2h")
    private Duration since = Duration.ofHours(2);

    @Option(names = "--markdown", description = "A table of Markdown.")
    private boolean markdown;

    /// Creates it.
    public TimelineVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        EventFilter filter = cluster.map(EventFilter::cluster).orElse(EventFilter.ALL);
        Timeline timeline = new Timeline();
        ListEventsAnswer.Builder answer = ListEventsAnswer.newBuilder();
        EventPage page = session.events().since(EventsListVerb.millisAgo(since), filter);
        add(page, timeline, answer);
        while (!page.isLast()) {
            page = session.events().after(page.throughIndex(), filter);
            add(page, timeline, answer);
        }
        answer.setFirstKeptIndex(page.firstKeptIndex()).setThroughIndex(page.throughIndex());
        session.output()
                .show(
                        answer.build(),
                        () -> markdown ? timeline.markdown(title()) : timeline.text());
        if (answer.getEventsCount() == 0) {
            session.say(
                    "Nothing happened to %s in the last %s. Longer: --since DURATION"
                            .formatted(
                                    cluster.map(each -> "cluster " + each).orElse("any cluster"),
                                    Figures.duration(since)));
        }
        return ExitCode.DONE;
    }

    private String title() {
        return cluster.map(ClusterId::value).orElse("All clusters")
                + ", the last "
                + Figures.duration(since);
    }

    private static void add(EventPage page, Timeline to, ListEventsAnswer.Builder answer) {
        page.events()
                .forEach(event -> {
                    to.add(event);
                    answer.addEvents(EventCodec.encode(event));
                });
    }
}
