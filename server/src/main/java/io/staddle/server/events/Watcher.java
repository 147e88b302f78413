package io.staddle.server.events;

import io.staddle.api.id.Revision;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.server.events.HistoryReader.Reading;
import io.staddle.server.front.UnansweredException;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/// One who watches: what it was sent, and what it is sent next. Nothing is kept for it but that
/// place. Confined to its event loop.
///
/// It takes what comes from the ring. If it is too slow for that, or begins long ago, it takes
/// history a page at a time, each when it has read the one before.
final class Watcher {
    private static final long NOWHERE = -1;

    private final WatchOrder order;
    private final Audience audience;
    private final Ring ring;
    private final Library library;
    private Revision next = Revision.NONE;
    private long cursor = NOWHERE;

    /// Whether it was sent what is in the ring.
    private boolean live;

    /// Whether it waits for its beginning, or for a page of history.
    private boolean waiting = true;

    private boolean ended;
    private long toldNanos;

    /// When it was told how old what it has is.
    private long agedNanos;

    /// Where history is read for watchers.
    interface Library {
        /// Reads what happened after `index`, and hands it over on the watcher's event loop.
        void readAfter(long index, Watcher watcher);

        /// One fell behind the ring.
        void fellBehind();
    }

    Watcher(WatchOrder order, Audience audience, Ring ring, Library library) {
        this.order = order;
        this.audience = audience;
        this.ring = ring;
        this.library = library;
    }

    Audience audience() {
        return audience;
    }

    boolean hasEnded() {
        return ended;
    }

    /// The first index that it has yet to be sent; none while it waits for its beginning.
    long nextIndex() {
        return next.equals(Revision.NONE) ? Long.MAX_VALUE : next.index();
    }

    /// Says where the stream begins, and sends what there is.
    ///
    /// @param from the first revision that it is sent
    void begin(Revision from, LongSupplier ageMillis) {
        if (ended) {
            return;
        }
        next = from;
        waiting = false;
        tell(mark(ageMillis), System.nanoTime());
        advance();
    }

    /// Sends what it was not sent yet, as much as it takes.
    void advance() {
        while (!ended && !waiting && audience.isReady()) {
            Ring.Extent extent = ring.extent();
            if (next.index() > extent.through()) {
                return;
            }
            if (!takeFromRing(extent)) {
                takeFromHistory(extent.through());
            }
        }
    }

    /// Says how far it is if it has not heard anything for long, or of no age: who is told of
    /// changes all the time wants to know how old they are as well.
    ///
    /// @param ageMillis how long ago the state that the ring surely has was the newest; -1 if that
    ///     is unknown
    void tick(long nowNanos, LongSupplier ageMillis) {
        advance();
        if (!ended
                && !waiting
                && nowNanos - (isCurrent() ? agedNanos : toldNanos) >= order.progressNanos()
                && audience.isReady()) {
            tell(mark(ageMillis), nowNanos);
        }
    }

    /// Takes a page of history.
    void read(Reading page) {
        waiting = false;
        if (ended) {
            return;
        }
        switch (page) {
            case Reading.Trimmed(var firstKept) -> {
                tell(
                        WatchAnswer.newBuilder()
                                .setTrimmed(
                                        WatchAnswer.Trimmed.newBuilder()
                                                .setFirstKeptIndex(firstKept)),
                        System.nanoTime());
                ended = true;
                audience.end();
            }
            case Reading.Read(var stretch) -> {
                Parcel parcel = new Parcel(order, next);
                parcel.add(stretch);
                goOnAfter(stretch.through());
                send(parcel);
                advance();
            }
        }
    }

    void fail(UnansweredException why) {
        if (!ended) {
            ended = true;
            audience.fail(why);
        }
    }

    void refuse(String why) {
        if (!ended) {
            ended = true;
            audience.refuse(why);
        }
    }

    /// It has gone.
    void left() {
        ended = true;
    }

    private boolean isCurrent() {
        return !waiting && next.index() > ring.extent().through();
    }

    /// Tells whether the ring still had what comes next.
    private boolean takeFromRing(Ring.Extent extent) {
        long number = cursor;
        if (next.index() - 1 < extent.after()) {
            return false;
        }
        if (number < extent.first()) {
            number = ring.find(next.index() - 1, extent);
        }
        Parcel parcel = new Parcel(order, next);
        @Nullable Stretch stretch = number < 0 ? null : ring.at(number);
        if (stretch == null && number < extent.next()) {
            return false;
        }
        while (stretch != null && number < extent.next() && parcel.hasRoomFor(stretch)) {
            parcel.add(stretch);
            goOnAfter(stretch.through());
            number++;
            stretch = ring.at(number);
        }
        if (number == extent.next()) {
            goOnAfter(extent.through());
        }
        cursor = number;
        live = true;
        send(parcel);
        return true;
    }

    private void takeFromHistory(long newest) {
        cursor = NOWHERE;
        if (live) {
            live = false;
            library.fellBehind();
            tell(
                    WatchAnswer.newBuilder()
                            .setLagging(WatchAnswer.Lagging.newBuilder().setNewestIndex(newest)),
                    System.nanoTime());
        }
        waiting = true;
        library.readAfter(next.index() - 1, this);
    }

    private void goOnAfter(long index) {
        if (index >= next.index()) {
            next = new Revision(index + 1, 0);
        }
    }

    private void send(Parcel parcel) {
        if (!parcel.isEmpty()) {
            audience.send(parcel.answer(next.index() - 1));
            toldNanos = System.nanoTime();
        }
    }

    private void tell(WatchAnswer.Builder answer, long nowNanos) {
        audience.send(answer.setThroughIndex(next.index() - 1).build());
        toldNanos = nowNanos;
        if (answer.hasProgress()) {
            agedNanos = nowNanos;
        }
    }

    /// Says how far it is; and of what age that is, unless there is more to come.
    private WatchAnswer.Builder mark(LongSupplier ageMillis) {
        // First: the age is that of what the ring has by now.
        long age = ageMillis.getAsLong();
        WatchAnswer.Builder answer = WatchAnswer.newBuilder();
        return isCurrent()
                ? answer.setProgress(WatchAnswer.Progress.newBuilder().setAgeMillis(age))
                : answer;
    }
}
