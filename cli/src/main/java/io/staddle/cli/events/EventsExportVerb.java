package io.staddle.cli.events;

import io.staddle.api.event.RecordedEvent;
import io.staddle.api.query.EventFilter;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.EventPage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// `events export`
@Command(
        name = "export",
        description = {
            "Writes history as NDJSON, an event a line, before the oldest of it goes.",
            "",
            "It ends at the newest event and says with which --after the next export goes on.",
            "Then it adds to the file. If what comes next is gone by then, nothing is written and",
            "it ends with 2; history.entries-max, history.events-max, history.bytes-max and",
            "history.millis-max say how long history is kept."
        })
public final class EventsExportVerb extends Verb {
    @Mixin private EventOptions options = new EventOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file; else, or for -, the standard output.")
    private Path file = Path.of("-");

    @Option(
            names = "--after",
            paramLabel = "INDEX",
            description = "Go on after that index of the log. Default: the oldest that is kept")
    private long after;

    /// Creates it.
    public EventsExportVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        EventFilter filter = options.filter();
        EventPage first = session.events().after(after, filter);
        if (after > 0 && first.trimmed()) {
            throw CliException.refused(
                    "events after index %d are gone, up to index %d"
                            .formatted(after, first.firstKeptIndex() - 1),
                    "Export what is left: --after " + (first.firstKeptIndex() - 1));
        }
        if (file.equals(Path.of("-"))) {
            Writer to = writer(session.shell().out());
            write(first, filter, session, to);
            to.flush();
        } else {
            try (Writer to = writer(open())) {
                write(first, filter, session, to);
            }
        }
        return ExitCode.DONE;
    }

    private OutputStream open() throws IOException {
        try {
            return Files.newOutputStream(file, howToOpen());
        } catch (FileAlreadyExistsException _) {
            throw CliException.refused(
                    file + " is there already",
                    "Give another name; or add to it, with the --after that its export ended"
                            + " with.");
        }
    }

    private StandardOpenOption[] howToOpen() {
        return after > 0
                ? new StandardOpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND}
                : new StandardOpenOption[] {StandardOpenOption.CREATE_NEW};
    }

    private static void write(EventPage first, EventFilter filter, Session session, Writer to)
            throws IOException {
        EventPage page = first;
        long written = write(page, to);
        while (!page.isLast()) {
            long begin = page.throughIndex();
            page = session.events().after(begin, filter);
            if (page.trimmed()) {
                to.flush();
                throw CliException.refused(
                        "events after index " + begin + " went while they were read",
                        "What was written is whole up to there. Keep history for longer.");
            }
            written += write(page, to);
        }
        session.say(
                "%s; the next export goes on with --after %d"
                        .formatted(Figures.count(written, "event"), page.throughIndex()));
    }

    private static long write(EventPage page, Writer to) throws IOException {
        for (RecordedEvent event : page.events()) {
            to.append(EventLines.json(event)).append('\n');
        }
        return page.events().size();
    }

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), 1 << 16);
    }
}
