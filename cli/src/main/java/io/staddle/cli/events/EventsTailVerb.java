package io.staddle.cli.events;

import io.staddle.api.event.RecordedEvent;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.EventWatcher;
import io.staddle.client.StaddleProtocolException;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/// `events tail`
@Command(
        name = "tail",
        description = {
            "Tells what happens as it happens, a line an event, until it is interrupted.",
            "It goes on by itself when a server is lost; nothing is left out or told twice.",
            "With -o json the lines are JSON."
        })
public final class EventsTailVerb extends Verb {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Mixin private EventOptions options = new EventOptions();

    @Option(
            names = "--after",
            paramLabel = "INDEX",
            description = "Begin after that index of the log, not now.")
    private Optional<Long> after = Optional.empty();

    @Option(names = "--for", paramLabel = "DURATION", description = "End after that time.")
    private Optional<Duration> longest = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "End after so many events.")
    private long limit = Long.MAX_VALUE;

    /// Creates it.
    public EventsTailVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        try {
            return tail(session);
        } catch (StaddleProtocolException beyond) {
            if (after.isPresent() && beyond.isAboutTheRequest()) {
                throw CliException.usage(
                        "--after %d: %s".formatted(after.get(), beyond.getMessage()),
                        "Leave it out to begin now; what there is: staddle events list");
            }
            throw beyond;
        }
    }

    private ExitCode tail(Session session) {
        WatchOptions wanted = WatchOptions.FROM_NOW.only(options.filter());
        WatchOptions from = after.isPresent() ? wanted.after(after.get()) : wanted;
        long start = System.nanoTime();
        Duration patience = longest.orElse(FOR_EVER);
        long told = 0;
        try (EventWatcher watcher = session.events().watch(from)) {
            while (told < limit && !watcher.isOver()) {
                Duration left = patience.minusNanos(System.nanoTime() - start);
                if (left.isNegative()) {
                    return ExitCode.DONE;
                }
                Optional<Watched> news = watcher.poll(left);
                told += news.isPresent() ? tell(news.get(), session) : 0;
            }
        }
        return ExitCode.DONE;
    }

    private static long tell(Watched news, Session session) {
        return switch (news) {
            case Watched.Change change -> {
                PrintStream out = session.shell().out();
                for (RecordedEvent event : EventLines.events(change)) {
                    out.println(
                            session.output().isTable()
                                    ? EventLines.words(event)
                                    : EventLines.json(event));
                }
                out.flush();
                yield change.events().size();
            }
            case Watched.Progress _ -> 0;
            case Watched.Lagging lagging -> {
                session.say("Behind: the log is at index " + lagging.newestIndex() + " by now.");
                yield 0;
            }
            case Watched.Trimmed gap -> throw gone(gap);
        };
    }

    private static CliException gone(Watched.Trimmed gap) {
        return CliException.refused(
                "events from revision "
                        + gap.resumeFrom()
                        + " on are gone, up to index "
                        + (gap.firstKeptIndex() - 1),
                "Go on behind the gap: --after " + (gap.firstKeptIndex() - 1));
    }
}
