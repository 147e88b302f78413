package io.staddle.server.events;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// The newest stretches, for all who watch: bounded in number and bytes, however slow they are.
///
/// One thread writes. Any number of them read, each at its own pace; one that is too slow finds
/// that what it would read next is gone.
final class Ring {
    static final int STRETCHES_MAX = 1_024;
    static final long BYTES_MAX = 16 << 20;

    private final AtomicReferenceArray<@Nullable Numbered> slots =
            new AtomicReferenceArray<>(STRETCHES_MAX);
    private volatile Extent extent;

    /// A stretch and its place in the sequence of all.
    record Numbered(long number, Stretch stretch) {}

    /// What the ring has: all that happened after `after`, up to `through`.
    ///
    /// @param first the number of the oldest stretch
    /// @param next the number that the next stretch gets
    /// @param bytes of all of them
    record Extent(long after, long through, long first, long next, long bytes) {}

    /// An empty ring that begins after `index`.
    Ring(long index) {
        extent = new Extent(index, index, 0, 0, 0);
    }

    Extent extent() {
        return extent;
    }

    /// Adds what happened next. Only the writer calls it.
    void add(Stretch stretch) {
        Extent now = extent;
        if (stretch.events().isEmpty()) {
            extent =
                    new Extent(
                            now.after(), stretch.through(), now.first(), now.next(), now.bytes());
            return;
        }
        long first = now.first();
        long after = now.after();
        long bytes = now.bytes() + stretch.bytes();
        // The one that is added always stays.
        while (first < now.next() && (now.next() - first >= STRETCHES_MAX || bytes > BYTES_MAX)) {
            Stretch gone = required(first);
            after = gone.through();
            bytes -= gone.bytes();
            slots.set(place(first), null);
            first++;
        }
        slots.set(place(now.next()), new Numbered(now.next(), stretch));
        extent = new Extent(after, stretch.through(), first, now.next() + 1, bytes);
    }

    /// Forgets all and begins after `index`. Only the writer calls it.
    void restart(long index) {
        Extent now = extent;
        extent = new Extent(index, index, now.next(), now.next(), 0);
        for (int i = 0; i < STRETCHES_MAX; i++) {
            slots.set(i, null);
        }
    }

    /// Returns the stretch of that number; none if it is gone.
    @Nullable Stretch at(long number) {
        Numbered found = slots.get(place(number));
        return found == null || found.number() != number ? null : found.stretch();
    }

    /// Returns the number of the first stretch that goes beyond `index`, by the extent that the
    /// caller has seen; -1 if what comes after `index` is gone.
    long find(long index, Extent seen) {
        if (index < seen.after()) {
            return -1;
        }
        long low = seen.first();
        long high = seen.next();
        while (low < high) {
            long middle = (low + high) >>> 1;
            Stretch stretch = at(middle);
            if (stretch == null) {
                return -1;
            }
            if (stretch.through() > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Stretch required(long number) {
        Stretch stretch = at(number);
        if (stretch == null) {
            throw new IllegalStateException("stretch " + number + " is not in the ring");
        }
        return stretch;
    }

    private static int place(long number) {
        return (int) (number % STRETCHES_MAX);
    }
}
