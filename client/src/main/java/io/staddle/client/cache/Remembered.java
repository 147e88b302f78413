package io.staddle.client.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.client.Watched;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What was read while one watch went on without a gap, and has not changed since, as far as the
/// watch has told.
///
/// Whatever was read at an index is kept only if the watch brings all changes after that index, and
/// none that it has brought is later. A move of a holding changes all its grains, and so does a
/// higher floor those that nobody ever owned: for each of these *groups* the index of its last
/// change is kept, and what was read before that does not count.
///
/// Read by any thread; [#on] is called by that of the watch.
final class Remembered {
    private static final int STRIPES = 1_024;

    /// Beyond any index: nothing is kept before the watch has said where it begins.
    private static final long NOWHERE = Long.MAX_VALUE;

    /// A version is an index and the place of a command in its entry; what was read comes after all
    /// of the entry.
    private static final int PLACE_BITS = 20;

    private static final long LAST_PLACE = (1L << PLACE_BITS) - 1;

    private final Cache<GrainId, Entry> entries;
    private final Map<HoldingId, Group> holdings = new ConcurrentHashMap<>();
    private final Map<GrainType, Group> types = new ConcurrentHashMap<>();
    private final Stripe[] stripes =
            Stream.generate(Stripe::new).limit(STRIPES).toArray(Stripe[]::new);
    private volatile long begunAfter = NOWHERE;
    private volatile long surelyNanos;
    private volatile boolean aged;

    Remembered(int entriesMax) {
        entries = Caffeine.newBuilder().maximumSize(entriesMax).build();
    }

    /// What changes together.
    private static final class Group {
        volatile long changed;
    }

    /// Grains that share a lock, and when one of them changed last.
    private static final class Stripe {
        long changed;
    }

    private record Entry(CachedOwner owner, Group group, long version) {
        boolean counts() {
            return version > group.changed;
        }
    }

    /// Returns who owns a grain, if that is remembered.
    @Nullable CachedOwner find(GrainId grain) {
        Entry entry = entries.getIfPresent(grain);
        return entry != null && entry.counts() ? entry.owner() : null;
    }

    /// Remembers what was read at an index, if nothing later is known of it.
    void read(CachedOwner owner, Ownership from) {
        if (owner.index() < begunAfter) {
            return;
        }
        long version = (owner.index() << PLACE_BITS) | LAST_PLACE;
        Entry entry = new Entry(owner, group(from), version);
        Stripe stripe = stripe(owner.grain());
        synchronized (stripe) {
            if (version > stripe.changed) {
                entries.asMap()
                        .merge(
                                owner.grain(),
                                entry,
                                (before, now) -> before.version() > version ? before : now);
            }
        }
    }

    /// Takes what the watch brings, in its order. Returns whether this can go on: else there may be
    /// changes of which it does not know.
    boolean on(Watched news, long nowNanos) {
        return switch (news) {
            case Watched.Change change -> {
                begin(change.revision().index() - 1);
                for (Event event : change.events()) {
                    if (event instanceof DirectoryEvent directory) {
                        apply(directory, change.revision());
                    }
                }
                yield change.unknown() == 0;
            }
            case Watched.Progress progress -> {
                begin(progress.resumeFrom().index() - 1);
                if (progress.ageMillis() >= 0) {
                    age(nowNanos - TimeUnit.MILLISECONDS.toNanos(progress.ageMillis()));
                }
                yield true;
            }
            case Watched.Lagging late -> {
                begin(late.resumeFrom().index() - 1);
                yield true;
            }
            case Watched.Trimmed gap -> false;
        };
    }

    /// Tells whether nothing that was answered so long ago is missing.
    boolean isWithin(long ageNanos, long nowNanos) {
        return aged && nowNanos - surelyNanos <= ageNanos;
    }

    /// Returns how long ago what is remembered was the newest; -1 if that is unknown.
    long ageMillis(long nowNanos) {
        return aged ? TimeUnit.NANOSECONDS.toMillis(nowNanos - surelyNanos) : -1;
    }

    long size() {
        return entries.estimatedSize();
    }

    private void begin(long index) {
        if (begunAfter == NOWHERE) {
            begunAfter = index;
        }
    }

    private void age(long nanos) {
        if (!aged || nanos - surelyNanos > 0) {
            surelyNanos = nanos;
            aged = true;
        }
    }

    private void apply(DirectoryEvent event, Revision at) {
        long version = (at.index() << PLACE_BITS) | Math.min(at.ordinal(), LAST_PLACE - 1);
        switch (event) {
            case DirectoryEvent.Granted granted -> {
                Optional<ClusterId> owner = Optional.of(granted.owner());
                CachedOwner now =
                        new CachedOwner(granted.grain(), owner, granted.epoch(), at.index());
                changed(new Entry(now, holding(granted.holding()), version));
            }
            case DirectoryEvent.Released released -> {
                GrainId grain = released.grain();
                CachedOwner now =
                        new CachedOwner(grain, Optional.empty(), released.epoch(), at.index());
                changed(new Entry(now, type(grain.type()), version));
            }
            case DirectoryEvent.TombstonePurged purged -> forget(purged.grain(), version);
            case DirectoryEvent.HoldingMoved moved -> holding(moved.holding()).changed = version;
            case DirectoryEvent.FloorRaised raised -> type(raised.type()).changed = version;
            case DirectoryEvent.HoldingClosed closed -> holdings.remove(closed.holding());
            case DirectoryEvent.HoldingOpened none -> {}
            case DirectoryEvent.LeaseRenewed none -> {}
            case DirectoryEvent.LeaseForgotten none -> {}
            case DirectoryEvent.PlacementSet none -> {}
        }
    }

    /// What is not remembered is not remembered because of it: it may never be asked for.
    private void changed(Entry now) {
        GrainId grain = now.owner().grain();
        Stripe stripe = stripe(grain);
        synchronized (stripe) {
            stripe.changed = now.version();
            entries.asMap()
                    .computeIfPresent(
                            grain,
                            (key, before) -> before.version() > now.version() ? before : now);
        }
    }

    private void forget(GrainId grain, long version) {
        Stripe stripe = stripe(grain);
        synchronized (stripe) {
            stripe.changed = version;
            entries.asMap()
                    .computeIfPresent(
                            grain, (key, before) -> before.version() > version ? before : null);
        }
    }

    private Group group(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Owned owned -> holding(owned.holding());
            case Ownership.Stranded stranded -> holding(stranded.holding());
            case Ownership.Released released -> type(released.grain().type());
            case Ownership.Unowned unowned -> type(unowned.grain().type());
        };
    }

    private Group holding(HoldingId id) {
        return holdings.computeIfAbsent(id, key -> new Group());
    }

    private Group type(GrainType type) {
        return types.computeIfAbsent(type, key -> new Group());
    }

    private Stripe stripe(GrainId grain) {
        int hash = grain.key().hashCode();
        return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    }
}
