package io.staddle.server.events;

import io.staddle.api.id.Revision;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.WatchAnswer;

import java.util.ArrayList;
import java.util.List;

/// The events that go into one answer: whole entries, as many as are small together.
final class Parcel {
    /// So much that a slow watcher holds back little, unless a single entry is longer.
    private static final long BYTES_MAX = 32 << 10;

    private final WatchOrder order;
    private final Revision from;
    private final List<Event> events = new ArrayList<>();
    private long bytes;

    /// @param from nothing before it is taken in
    Parcel(WatchOrder order, Revision from) {
        this.order = order;
        this.from = from;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    boolean hasRoomFor(Stretch stretch) {
        return events.isEmpty() || bytes + stretch.bytes() <= BYTES_MAX;
    }

    void add(Stretch stretch) {
        for (Happening each : stretch.events()) {
            if (each.revision().compareTo(from) >= 0 && each.passes(order.filter())) {
                events.add(each.told(order));
                bytes += each.whole().getSerializedSize();
            }
        }
    }

    WatchAnswer answer(long throughIndex) {
        return WatchAnswer.newBuilder().addAllEvents(events).setThroughIndex(throughIndex).build();
    }
}
