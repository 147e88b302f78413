package io.staddle.client.cache;

import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.EventFilter;
import io.staddle.client.GrainDirectory;
import io.staddle.client.Observed;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// Looks owners up in memory, where a watch keeps them right.
///
/// What is not remembered, or no more sure to be right, is asked of the servers, linearizably: this
/// never guesses. What is remembered may be older than that, by [NearCacheOptions#ageMax] at most
/// (and the time that the news was under way): so it tells where to send a request, not whether a
/// holder may act, which is what fence checks are for.
///
/// A failover, however many grains it moves, is one event and makes their entries void; each is
/// asked for again when it is wanted. When the watch has no server, or one that is cut off, entries
/// go on to count until they are too old, and again when it is back. After a gap everything is
/// forgotten.
///
/// Safe for many threads. It belongs to the client that it was opened with.
public final class NearCache implements AutoCloseable {
    /// What changes an owner or an epoch.
    private static final Set<String> KINDS =
            Set.of(
                    "granted",
                    "grain_released",
                    "tombstone_purged",
                    "holding_moved",
                    "floor_raised",
                    "holding_closed");

    /// The youngest that a mark of progress can be of use.
    private static final Duration PROGRESS = Duration.ofMillis(250);

    private final StaddleClient client;
    private final GrainDirectory directory;
    private final NearCacheOptions options;
    private final long ageMaxNanos;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder restarts = new LongAdder();
    private volatile Remembered remembered;

    // Guarded by this.
    private Watch watch;
    private boolean closed;

    private NearCache(StaddleClient client, NearCacheOptions options) {
        this.client = client;
        this.directory = client.grains();
        this.options = options;
        this.ageMaxNanos = options.ageMax().toNanos();
        this.remembered = new Remembered(options.entriesMax());
        this.watch = watch(remembered);
    }

    /// Opens one, which remembers nothing yet.
    public static NearCache open(StaddleClient client, NearCacheOptions options) {
        return new NearCache(client, options);
    }

    /// Returns who owns a grain. It throws what [GrainDirectory#lookup(GrainId)] throws if it has
    /// to ask, and [IllegalArgumentException] for a grain of a type that the options do not name.
    public CachedOwner lookup(GrainId grain) {
        Remembered now = remembered;
        if (now.isWithin(ageMaxNanos, System.nanoTime())) {
            CachedOwner found = now.find(grain);
            if (found != null) {
                hits.increment();
                return found;
            }
        }
        return ask(grain, now);
    }

    /// Returns who owns a grain, and nothing older than an index: that of a change that the caller
    /// has made, such as `grant.since().index()`. It throws what [#lookup(GrainId)] throws.
    public CachedOwner lookup(GrainId grain, long atLeast) {
        CachedOwner found = lookup(grain);
        return found.index() >= atLeast ? found : ask(grain, remembered);
    }

    /// Tells how it is doing.
    public NearCacheStatus status() {
        Remembered now = remembered;
        return new NearCacheStatus(
                now.ageMillis(System.nanoTime()),
                now.size(),
                hits.sum(),
                misses.sum(),
                restarts.sum());
    }

    /// Ends the watch. From then on servers answer everything.
    @Override
    public void close() {
        Watch last;
        synchronized (this) {
            closed = true;
            last = watch;
        }
        last.close();
        remembered = new Remembered(1);
    }

    private CachedOwner ask(GrainId grain, Remembered now) {
        if (!options.types().isEmpty() && !options.types().contains(grain.type())) {
            throw new IllegalArgumentException(
                    "this cache is for grains of " + options.types() + ", not for " + grain);
        }
        misses.increment();
        Observed<Ownership> seen = directory.lookup(grain, Consistency.LINEARIZABLE);
        Ownership ownership = seen.value();
        CachedOwner found =
                new CachedOwner(grain, ownership.owner(), ownership.epoch(), seen.header().index());
        now.read(found, ownership);
        return found;
    }

    private Watch watch(Remembered fed) {
        EventFilter filter = EventFilter.types(options.types()).ofKinds(KINDS);
        return client.events()
                .watch(
                        WatchOptions.FROM_NOW.only(filter).progressEvery(PROGRESS),
                        news -> on(news, fed));
    }

    private void on(Watched news, Remembered fed) {
        if (!fed.on(news, System.nanoTime())) {
            restart(fed);
        }
    }

    /// Forgets everything, and watches from now on.
    private synchronized void restart(Remembered fed) {
        if (closed || fed != remembered) {
            return;
        }
        restarts.increment();
        remembered = new Remembered(options.entriesMax());
        Watch before = watch;
        watch = watch(remembered);
        before.close();
    }
}
