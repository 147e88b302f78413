package io.staddle.cli.events;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.v1.Event;
import io.staddle.cli.output.Figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What happened, for people: an event a line, but what happened to single grains counted.
final class Timeline {
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Long> counted = new TreeMap<>();
    private long countedSince;
    private long previousMillis;

    /// A line.
    ///
    /// @param time empty if it counts what happened since the line before
    /// @param gap how long after the line before
    private record Line(String time, String gap, String what, String who, String why) {}

    /// Adds what happened next.
    void add(RecordedEvent event) {
        Event encoded = EventCodec.encode(event);
        String kind = EventWords.kind(encoded);
        if (isOfOneGrain(event)) {
            countedSince = countedSince == 0 ? event.atMillis() : countedSince;
            counted.merge(kind, 1L, Long::sum);
            return;
        }
        endCount();
        lines.add(
                new Line(
                        EventWords.time(encoded),
                        gap(event.atMillis()),
                        kind + " " + EventWords.what(encoded.getBody()),
                        EventWords.actor(encoded),
                        EventWords.reason(encoded)));
        previousMillis = event.atMillis();
    }

    /// Returns it as text, a line each.
    String text() {
        endCount();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(
                    "%-24s %10s  %s%s%n"
                            .formatted(
                                    line.time(),
                                    line.gap(),
                                    line.what(),
                                    EventWords.origin(line.who(), line.why())));
        }
        return text.toString();
    }

    /// Returns it as a table of Markdown.
    ///
    /// @param title what is above it
    String markdown(String title) {
        endCount();
        String rows =
                lines.stream()
                        .map(line ->
                                "| %s | %s | %s | %s | %s |\n"
                                        .formatted(
                                                line.time(),
                                                line.gap(),
                                                cell(line.what()),
                                                cell(line.who()),
                                                cell(line.why())))
                        .collect(Collectors.joining());
        return "## %s\n\n| time | after | what | who | why |\n|---|---|---|---|---|\n%s"
                .formatted(title, rows);
    }

    private void endCount() {
        if (!counted.isEmpty()) {
            String what =
                    counted.entrySet().stream()
                            .map(each -> Figures.count(each.getValue()) + " × " + each.getKey())
                            .collect(Collectors.joining(", "));
            lines.add(new Line("", gap(countedSince), what, "", ""));
            counted.clear();
            countedSince = 0;
        }
    }

    private String gap(long millis) {
        return previousMillis == 0
                ? ""
                : "+" + Figures.duration(Duration.ofMillis(millis - previousMillis));
    }

    private static boolean isOfOneGrain(RecordedEvent event) {
        return event.event() instanceof DirectoryEvent.Granted
                || event.event() instanceof DirectoryEvent.Released
                || event.event() instanceof DirectoryEvent.LeaseRenewed
                || event.event() instanceof DirectoryEvent.LeaseForgotten
                || event.event() instanceof DirectoryEvent.TombstonePurged;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
