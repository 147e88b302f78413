package io.staddle.server.events;

import io.staddle.api.id.Revision;
import io.staddle.server.events.HistoryReader.Reading;
import io.staddle.server.front.Failures;
import io.staddle.server.front.Fate;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.storage.StorageException;
import io.staddle.storage.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Tells those who watch what happens, on this server, from what it has applied.
///
/// The thread that applies entries only wakes the hub, and only while somebody watches. The hub's
/// thread reads history once for all of them, from the state, so an installed snapshot is no
/// different from entries. The event loops hand it on: see [Watcher].
public final class EventHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Quorum quorum;
    private final Executor historyReaders;
    private final int watchersMax;
    private final Ring ring = new Ring(0);
    private final ConcurrentMap<Executor, Crowd> crowds = new ConcurrentHashMap<>();
    private final WatchCounters counters = new WatchCounters();
    private final Currency currency;
    private final Rounds rounds;
    private final Thread thread;
    private final Watcher.Library library = new History();
    private volatile boolean signalled;
    private volatile boolean closed;
    private volatile boolean outOfTouch;

    /// Only the hub's thread touches these two.
    private boolean active;

    private long tickedNanos = System.nanoTime();

    /// All that was answered before then is in the ring, or was before it began.
    private volatile OptionalLong currentNanos = OptionalLong.empty();

    /// Starts a hub; it sleeps until somebody watches.
    ///
    /// @param historyReaders threads that may be held up
    /// @param watchersMax how many may watch
    public EventHub(Quorum quorum, Executor historyReaders, int watchersMax) {
        this.quorum = quorum;
        this.watchersMax = watchersMax;
        this.historyReaders = historyReaders;
        currency = new Currency(quorum, this::signal);
        rounds = new Rounds(quorum);
        thread = Thread.ofPlatform().name("event-hub").start(this::run);
        quorum.onApplied(this::applied);
    }

    /// Returns what it has counted.
    public WatchCounters counters() {
        return counters;
    }

    /// Returns how many entries behind the slowest of those who watch is, as of the last tick.
    public long lagEntries() {
        if (counters.watchers().get() == 0) {
            return 0;
        }
        long through = ring.extent().through();
        return crowds.values().stream()
                .mapToLong(crowd -> through + 1 - crowd.slowest())
                .filter(lag -> lag > 0)
                .max()
                .orElse(0);
    }

    /// Lets somebody watch; to be called on the event loop of its connection.
    public Watching watch(WatchOrder order, Audience audience) {
        Watcher watcher = new Watcher(order, audience, ring, library);
        counters.watchers().getAndIncrement();
        return new Watching(watcher, order.from());
    }

    /// One who watches. Everything is to be called on the event loop of its connection.
    public final class Watching {
        private final Watcher watcher;
        private final Optional<Revision> from;

        private Watching(Watcher watcher, Optional<Revision> from) {
            this.watcher = watcher;
            this.from = from;
        }

        /// Begins the stream. To be called once.
        public void begin() {
            int watchers = counters.watchers().get();
            if (closed) {
                watcher.fail(Failures.stopping(Fate.NONE));
            } else if (watchers > watchersMax) {
                counters.refused().increment();
                watcher.fail(full());
            } else if (watchers > 1 && outOfTouch) {
                watcher.fail(noMajority());
            } else {
                crowds.computeIfAbsent(watcher.audience().eventLoop(), Crowd::new).join(watcher);
                signal();
                EventHub.this.begin(watcher, from);
            }
        }

        /// It has taken what it was sent.
        public void ready() {
            watcher.advance();
        }

        /// It has gone, whoever ended it. To be called once.
        public void left() {
            counters.watchers().getAndDecrement();
            watcher.left();
        }
    }

    /// A place that was reached here needs no majority to be found. Another one does: what is known
    /// here may not be all there is.
    private void begin(Watcher watcher, Optional<Revision> from) {
        if (from.isPresent() && from.get().index() <= ring.extent().through()) {
            watcher.begin(from.get(), this::ageMillis);
            return;
        }
        var _ =
                rounds.join()
                        .whenCompleteAsync(
                                (_, failure) -> {
                                    if (failure == null) {
                                        beginWithin(watcher, from);
                                    } else {
                                        watcher.fail(Failures.of(failure, Fate.NONE, LOG));
                                    }
                                },
                                watcher.audience().eventLoop());
    }

    /// All that was ever answered is in the state here.
    private void beginWithin(Watcher watcher, Optional<Revision> from) {
        try (View view = quorum.view()) {
            long newest = view.applied().index();
            if (from.isPresent() && from.get().index() > newest + 1) {
                watcher.refuse("from must be at most " + (newest + 1) + ", is " + from.get());
            } else {
                watcher.begin(from.orElse(new Revision(newest + 1, 0)), this::ageMillis);
            }
        } catch (StorageException noView) {
            watcher.fail(Failures.of(noView, Fate.NONE, LOG));
        }
    }

    /// Returns how long ago the newest state was the newest that the ring surely has; -1 if that is
    /// unknown.
    private long ageMillis() {
        OptionalLong current = currentNanos;
        return current.isEmpty()
                ? -1
                : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - current.getAsLong()) + 1;
    }

    /// Ends all streams: this server stops.
    @Override
    public void close() {
        closed = true;
        crowds.values().forEach(crowd -> crowd.fail(Failures.stopping(Fate.NONE)));
        LockSupport.unpark(thread);
    }

    /// On the thread that applies.
    private void applied() {
        if (counters.watchers().get() > 0) {
            signal();
        }
    }

    private void signal() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            signalled = false;
            try {
                if (counters.watchers().get() == 0) {
                    rest();
                    continue;
                }
                work(System.nanoTime());
            } catch (RuntimeException e) {
                failed(e);
            }
            if (!signalled) {
                LockSupport.parkNanos(this, TICK_NANOS);
            }
        }
    }

    private void rest() {
        active = false;
        ring.restart(ring.extent().through());
        if (!signalled) {
            LockSupport.park(this);
        }
    }

    private void work(long nowNanos) {
        if (!active) {
            begin(nowNanos);
            active = true;
        }
        OptionalLong confirmed = currency.confirmedNanos();
        collect();
        currentNanos = confirmed;
        if (nowNanos - tickedNanos >= TICK_NANOS) {
            tickedNanos = nowNanos;
            tick(nowNanos);
        }
    }

    private void begin(long nowNanos) {
        currency.begin(nowNanos);
        outOfTouch = false;
        try (View view = quorum.view()) {
            ring.restart(view.applied().index());
        }
        crowds.values().forEach(Crowd::tell);
    }

    /// Adds to the ring what was applied since.
    private void collect() {
        long before = ring.extent().through();
        try (View view = quorum.view()) {
            while (ring.extent().through() < view.applied().index()) {
                switch (HistoryReader.after(ring.extent().through(), view)) {
                    case Reading.Read(var stretch) -> ring.add(stretch);
                    // A snapshot was installed that does not go back so far.
                    case Reading.Trimmed(var firstKept) -> ring.restart(firstKept - 1);
                }
            }
        }
        if (ring.extent().through() > before) {
            crowds.values().forEach(Crowd::tell);
        }
    }

    private void tick(long nowNanos) {
        currency.ask(nowNanos);
        outOfTouch = currency.isOutOfTouch(nowNanos);
        if (outOfTouch) {
            crowds.values().forEach(crowd -> crowd.fail(noMajority()));
        }
        crowds.values().forEach(crowd -> crowd.tick(this::ageMillis));
    }

    private void failed(RuntimeException e) {
        if (e instanceof StorageException) {
            // A snapshot is being installed, or it is for the quorum to judge.
            quorum.readFailed(e);
        } else {
            LOG.error("watchers could not be told what happened", e);
        }
    }

    private UnansweredException full() {
        return Failures.overloaded(
                "this server is full: limits.watches, "
                        + watchersMax
                        + ", are open; watch another server");
    }

    private static UnansweredException noMajority() {
        return Failures.of(
                new QuorumUnavailableException(
                        "no majority was reached for some time: watch another server"),
                Fate.NONE,
                LOG);
    }

    /// Reads history for those who are behind, off the event loops.
    private final class History implements Watcher.Library {
        @Override
        public void readAfter(long index, Watcher watcher) {
            try {
                historyReaders.execute(() -> read(index, watcher));
            } catch (RejectedExecutionException stopping) {
                watcher.fail(Failures.stopping(Fate.NONE));
            }
        }

        @Override
        public void fellBehind() {
            counters.lagging().increment();
        }

        private void read(long index, Watcher watcher) {
            Executor eventLoop = watcher.audience().eventLoop();
            try (View view = quorum.view()) {
                counters.readings().increment();
                Reading page = HistoryReader.after(index, view);
                eventLoop.execute(() -> watcher.read(page));
            } catch (StorageException e) {
                quorum.readFailed(e);
                eventLoop.execute(() -> watcher.fail(Failures.of(e, Fate.NONE, LOG)));
            } catch (RejectedExecutionException stopping) {
                // the server stops, and all connections with it
            }
        }
    }
}
