package io.staddle.server.events;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.event.EventSubject;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.Event;

/// An event as it is told: encoded once, for whoever wants it.
///
/// @param whole with what was before, if history has it
/// @param plain without it
record Happening(Revision revision, String kind, EventSubject subject, Event whole, Event plain) {
    static Happening of(RecordedEvent event) {
        Event whole = EventCodec.encode(event);
        return new Happening(
                event.revision(),
                EventFilterCodec.kind(whole.getBody()),
                EventSubject.of(event.event()),
                whole,
                plain(whole));
    }

    Event told(WatchOrder order) {
        return order.previous() ? whole : plain;
    }

    boolean passes(EventFilter filter) {
        return filter.passes(kind, subject);
    }

    private static Event plain(Event whole) {
        if (!whole.getBody().getGranted().hasBefore()) {
            return whole;
        }
        Event.Builder plain = whole.toBuilder();
        plain.getBodyBuilder().getGrantedBuilder().clearBefore();
        return plain.build();
    }
}
