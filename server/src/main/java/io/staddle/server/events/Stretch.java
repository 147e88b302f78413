package io.staddle.server.events;

import java.util.List;

/// All that happened in some entries that follow each other.
///
/// @param after the index before the first of them
/// @param through the index of the last
/// @param bytes of the events
record Stretch(long after, long through, List<Happening> events, long bytes) {
    Stretch {
        events = List.copyOf(events);
    }

    static Stretch of(long after, long through, List<Happening> events) {
        long bytes = 0;
        for (Happening each : events) {
            bytes += each.whole().getSerializedSize();
        }
        return new Stretch(after, through, events, bytes);
    }
}
