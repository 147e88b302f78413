package io.staddle.cli.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.v1.Event;
import io.staddle.client.Watched;

import java.util.List;

/// Events as lines: of JSON for scripts, of words for people.
final class EventLines {
    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().omittingInsignificantWhitespace();

    private EventLines() {}

    /// Returns a change as the events that it is in history.
    static List<RecordedEvent> events(Watched.Change change) {
        return change.events().stream()
                .map(each ->
                        new RecordedEvent(
                                change.revision(), change.atMillis(), change.origin(), each))
                .toList();
    }

    static String json(RecordedEvent event) {
        try {
            return JSON.print(EventCodec.encode(event));
        } catch (InvalidProtocolBufferException e) {
            // Only an Any of an unknown type leads here, and the API has none.
            throw new IllegalStateException(e);
        }
    }

    static String words(RecordedEvent recorded) {
        Event event = EventCodec.encode(recorded);
        return "%s  %s  %s  %s%s"
                .formatted(
                        EventWords.time(event),
                        EventWords.revision(event),
                        EventWords.kind(event),
                        EventWords.what(event.getBody()),
                        EventWords.origin(EventWords.actor(event), EventWords.reason(event)));
    }
}
