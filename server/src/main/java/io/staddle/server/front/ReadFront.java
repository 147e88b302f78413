package io.staddle.server.front;

import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Moment;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;
import io.staddle.statemachine.past.Past;
import io.staddle.storage.StorageException;
import io.staddle.storage.View;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Answers reads as fresh as each asks for, and shares the cost of being sure.
///
/// One round of linearization serves all linearizable reads that waited when it was sent, and they
/// all see the same view. Stale reads, and bounded ones that this server can answer, need no round.
public final class ReadFront {
    private static final Logger LOG = LoggerFactory.getLogger(ReadFront.class);
    private static final int ROUNDS_MAX = 2;

    private final Quorum quorum;
    private final String server;
    private final int queriesMax;
    private final ReadCounters counters = new ReadCounters();
    private final Drain sender = new Drain(this::sendAll);
    private final AtomicInteger queriesHeld = new AtomicInteger();
    private final AtomicInteger roundsInFlight = new AtomicInteger();
    private final Object lock = new Object();

    /// Guarded by `lock`.
    private List<WaitingRead> waiting = new ArrayList<>();

    /// Reads of an index that the log has not reached; guarded by `lock`.
    private final List<WaitingRead> ahead = new ArrayList<>();

    /// Sent and not answered; guarded by `lock`.
    private final Set<ReadRound> sent = new HashSet<>();

    private final AtomicReference<Optional<UnansweredException>> stopped =
            new AtomicReference<>(Optional.empty());

    /// Creates a front.
    public ReadFront(Quorum quorum, ServerConfig config) {
        this.quorum = quorum;
        server = config.server().value();
        queriesMax = config.limits().queriesInFlight();
    }

    /// Takes a call; it is answered later, or at once on this thread.
    public void submit(ReadCall call) {
        counters.queries().add(call.queries());
        int held = queriesHeld.addAndGet(call.queries());
        WaitingRead read =
                new WaitingRead(call, n -> queriesHeld.addAndGet(-n), quorum::readFailed);
        if (stopped.get().isPresent()) {
            read.fail(stopped.get().get());
        } else if (held > queriesMax) {
            counters.overloaded().increment();
            read.fail(full());
        } else {
            route(call.consistency(), read);
        }
    }

    /// Answers the calls whose deadline has passed, and looks again for those that wait for an
    /// index. To be called every few tens of milliseconds.
    public void sweep(long nowNanos) {
        List<WaitingRead> over = new ArrayList<>();
        synchronized (lock) {
            waiting.addAll(ahead);
            ahead.clear();
            collectOver(waiting, nowNanos, over);
            waiting.removeAll(over);
            sent.forEach(round -> collectOver(round.reads(), nowNanos, over));
        }
        over.forEach(read -> read.fail(deadlinePassed()));
        sender.run();
    }

    /// Takes no more calls, and fails those that wait.
    public void stop() {
        UnansweredException why = Failures.stopping(Fate.NONE);
        stopped.set(Optional.of(why));
        List<WaitingRead> all = new ArrayList<>();
        synchronized (lock) {
            all.addAll(waiting);
            all.addAll(ahead);
            waiting.clear();
            ahead.clear();
        }
        all.forEach(read -> read.fail(why));
    }

    /// Returns the queries that wait or are being answered.
    public int queriesHeld() {
        return queriesHeld.get();
    }

    /// Returns what it has counted.
    public ReadCounters counters() {
        return counters;
    }

    private void route(Consistency consistency, WaitingRead read) {
        switch (consistency) {
            case Consistency.Linearizable _ -> enqueue(read);
            case Consistency.Stale _ -> serveNow(read, Staleness.ageMillis(quorum.standing()));
            case Consistency.AtLeast _ -> routeAtLeast(read);
            case Consistency.AsOf(var moment) -> routeAsOf(moment, read);
            case Consistency.Bounded(var maxAgeMillis) -> routeBounded(maxAgeMillis, read);
        }
    }

    private void routeAtLeast(WaitingRead read) {
        Standing standing = quorum.standing();
        if (read.isReached(standing.appliedIndex())) {
            serveNow(read, Staleness.ageMillis(standing));
        } else {
            // Any index that a server ever told is committed: a round reaches it.
            enqueue(read);
        }
    }

    /// What is over will never change; any other moment must be sure to have been.
    private void routeAsOf(Moment moment, WaitingRead read) {
        try {
            if (isOver(moment)) {
                serveNow(read, 0);
            } else {
                enqueue(read);
            }
        } catch (StorageException noView) {
            read.fail(Failures.of(noView, Fate.NONE, LOG));
        }
    }

    private boolean isOver(Moment moment) {
        try (View view = quorum.view()) {
            return Past.isOver(moment, view);
        }
    }

    private void routeBounded(long maxAgeMillis, WaitingRead read) {
        Standing standing = quorum.standing();
        long age = Staleness.ageMillis(standing);
        if (Staleness.isWithin(standing, maxAgeMillis)) {
            serveNow(read, age);
        } else if (Staleness.isInTouch(standing, maxAgeMillis)) {
            // In touch with the leader but behind in applying: a round makes it current.
            enqueue(read);
        } else {
            read.fail(tooStale(maxAgeMillis, age));
        }
    }

    private void serveNow(WaitingRead read, long ageMillis) {
        try {
            View view = quorum.view();
            read.serve(new SharedView(view, 1), header(view, ageMillis));
        } catch (StorageException noView) {
            read.fail(Failures.of(noView, Fate.NONE, LOG));
        }
    }

    private void enqueue(WaitingRead read) {
        synchronized (lock) {
            waiting.add(read);
        }
        sender.run();
    }

    private void sendAll() {
        Optional<ReadRound> round = takeRound();
        while (round.isPresent()) {
            send(round.get());
            round = takeRound();
        }
    }

    private Optional<ReadRound> takeRound() {
        if (roundsInFlight.get() >= ROUNDS_MAX) {
            return Optional.empty();
        }
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return Optional.empty();
            }
            ReadRound round = new ReadRound(waiting);
            waiting = new ArrayList<>(round.reads().size());
            sent.add(round);
            return Optional.of(round);
        }
    }

    private void send(ReadRound round) {
        roundsInFlight.incrementAndGet();
        long sentNanos = System.nanoTime();
        try {
            var _ =
                    quorum.linearize()
                            .whenComplete((_, failure) -> {
                                if (failure == null) {
                                    counters.roundSeconds()
                                            .observe((System.nanoTime() - sentNanos) / 1e9);
                                }
                                finished(round, failure);
                            });
        } catch (RuntimeException failure) {
            finished(round, failure);
        }
    }

    private void finished(ReadRound round, @Nullable Throwable failure) {
        roundsInFlight.decrementAndGet();
        synchronized (lock) {
            sent.remove(round);
        }
        sender.run();
        if (failure == null) {
            serve(round.reads());
        } else {
            counters.failedRounds().increment();
            fail(round.reads(), failure);
        }
    }

    private void serve(List<WaitingRead> round) {
        try {
            serve(round, quorum.view());
        } catch (StorageException noView) {
            fail(round, noView);
        }
    }

    private static void fail(List<WaitingRead> reads, Throwable failure) {
        UnansweredException why = Failures.of(failure, Fate.NONE, LOG);
        reads.forEach(read -> read.fail(why));
    }

    private void serve(List<WaitingRead> round, View view) {
        AnswerHeader header = header(view, 0);
        SharedView shared = new SharedView(view, round.size());
        for (WaitingRead read : round) {
            if (read.isReached(header.index())) {
                read.serve(shared, header);
            } else {
                postpone(read);
                shared.release();
            }
        }
    }

    private void postpone(WaitingRead read) {
        synchronized (lock) {
            if (!read.isDone()) {
                ahead.add(read);
            }
        }
    }

    private AnswerHeader header(View view, long ageMillis) {
        return new AnswerHeader(view.applied().index(), server, ageMillis);
    }

    private static void collectOver(
            List<WaitingRead> reads, long nowNanos, List<WaitingRead> over) {
        for (WaitingRead read : reads) {
            if (!read.isDone() && read.isOver(nowNanos)) {
                over.add(read);
            }
        }
    }

    private UnansweredException full() {
        return Failures.overloaded(
                "this server is full: limits.queries-in-flight is " + queriesMax);
    }

    private static UnansweredException tooStale(long maxAgeMillis, long age) {
        String found = age < 0 ? "it does not know its age" : "it is " + age + " ms behind";
        return UnansweredException.of(
                Reason.TOO_STALE,
                Fate.NONE,
                "asked for a state at most " + maxAgeMillis + " ms old, but " + found);
    }

    private static UnansweredException deadlinePassed() {
        return UnansweredException.of(
                Reason.DEADLINE, Fate.NONE, "the deadline of the call has passed");
    }
}
