package io.staddle.server.events;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.event.EventSubject;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.Event;

/// An event as it is told: encoded once, for whoever wants it.
record Happening(Revision revision, String kind, EventSubject subject, Event encoded) {
    static Happening of(RecordedEvent event) {
        Event encoded = EventCodec.encode(event);
        return new Happening(
                event.revision(),
                EventFilterCodec.kind(encoded.getBody()),
                EventSubject.of(event.event()),
                encoded);
    }

    boolean passes(EventFilter filter) {
        return filter.passes(kind, subject);
    }
}
