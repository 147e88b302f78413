package io.staddle.server.front;

import io.staddle.api.answer.Outcome;
import io.staddle.server.config.Limits;
import io.staddle.server.raft.Quorum;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/// Gathers commands that wait at the same time into one log entry.
///
/// With nothing in flight a call goes to the log at once, on its own thread; else it waits for its
/// turn, and whatever waits then goes together. So a lone caller has the latency of the log and
/// many callers share its cost, without a timer. The number of commands and bytes that it holds is
/// bounded; a call beyond that fails at once. Some of that bound, and the head of each entry, is
/// for what has to go on whatever the load is: see [Lane].
public final class CommandFront {
    private static final Logger LOG = LoggerFactory.getLogger(CommandFront.class);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Quorum quorum;
    private final DiskReserve reserve;
    private final Executor continuation;
    private final CommandCounters counters = new CommandCounters();
    private final Drain sender = new Drain(this::sendAll);
    private final CommandQueue queue;

    /// Entries in flight; guarded by itself.
    private final Set<EntryDraft> inFlight = new HashSet<>();

    /// Creates a front.
    ///
    /// @param continuation sends what has gathered while an entry was committed: a thread of its
    ///     own, so that the thread that applies entries does not also write the log
    public CommandFront(Quorum quorum, Limits limits, DiskReserve reserve, Executor continuation) {
        this.quorum = quorum;
        this.reserve = reserve;
        this.continuation = continuation;
        queue = new CommandQueue(limits);
    }

    /// Takes a call; it is answered later, or at once on this thread.
    public void submit(CommandCall call) {
        Unit unit = new Unit(call);
        if (reserve.isLow() && unit.lane() == Lane.ORDINARY) {
            counters.keptOut().increment();
            unit.fail(reserve.refusal());
            return;
        }
        Optional<UnansweredException> refused = queue.offer(unit);
        if (refused.isPresent()) {
            counters.overloaded().increment();
            if (unit.lane() != Lane.ORDINARY) {
                counters.vitalOverloaded().increment();
            }
            unit.fail(refused.get());
        } else {
            sender.run();
        }
    }

    /// Answers the calls whose deadline has passed: those that wait are dropped, of those in flight
    /// the outcome is unknown. To be called every few tens of milliseconds.
    public void sweep(long nowNanos) {
        List<Unit> over = new ArrayList<>(queue.dropOver(nowNanos));
        synchronized (inFlight) {
            for (EntryDraft entry : inFlight) {
                entry.slices().stream()
                        .map(Slice::unit)
                        .filter(unit -> unit.isOver(nowNanos))
                        .forEach(over::add);
            }
        }
        over.forEach(unit -> unit.fail(CommandQueue.deadlinePassed()));
    }

    /// Takes no more calls, and fails those that wait. Those in flight go on.
    public void stop() {
        UnansweredException why = Failures.stopping(Fate.UNKNOWN);
        queue.stop().forEach(unit -> unit.fail(why));
    }

    /// Tells whether no commands wait and none are in flight.
    public boolean isIdle() {
        return queue.commandsHeld() == 0;
    }

    /// Returns the commands that wait or are in flight.
    public int commandsHeld() {
        return queue.commandsHeld();
    }

    /// Returns what it has counted.
    public CommandCounters counters() {
        return counters;
    }

    private void sendAll() {
        List<Unit> over = new ArrayList<>(0);
        Optional<EntryDraft> entry = queue.take(System.nanoTime(), over);
        while (entry.isPresent()) {
            send(entry.get());
            entry = queue.take(System.nanoTime(), over);
        }
        over.forEach(unit -> unit.fail(CommandQueue.deadlinePassed()));
    }

    private void send(EntryDraft entry) {
        synchronized (inFlight) {
            inFlight.add(entry);
        }
        counters.entrySizes().observe(entry.commands().size());
        long sentNanos = System.nanoTime();
        try {
            var _ =
                    quorum.propose(entry.commands())
                            .whenComplete((outcomes, failure) -> {
                                count(entry, sentNanos, outcomes);
                                finished(entry, outcomes, failure);
                            });
        } catch (RuntimeException failure) {
            count(entry, sentNanos, null);
            finished(entry, List.of(), failure);
        }
    }

    private void count(EntryDraft entry, long sentNanos, @Nullable List<Outcome> outcomes) {
        if (outcomes == null) {
            counters.failedEntries().increment();
            counters.outcomes().addUnanswered(entry.commands());
        } else {
            counters.commitSeconds().observe((System.nanoTime() - sentNanos) / NANOS_PER_SECOND);
            counters.outcomes().add(entry.commands(), outcomes);
            ChangeLog.add(entry.commands(), outcomes);
        }
    }

    private void finished(
            EntryDraft entry, @Nullable List<Outcome> outcomes, @Nullable Throwable failure) {
        synchronized (inFlight) {
            inFlight.remove(entry);
        }
        if (failure == null && outcomes != null) {
            release(entry);
            entry.slices().forEach(slice -> slice.settle(outcomes));
        } else {
            Throwable cause = failure == null ? new IllegalStateException("no outcomes") : failure;
            UnansweredException why = Failures.of(cause, Fate.UNKNOWN, LOG);
            // Before the release: what is left of these calls must not be sent any more.
            entry.slices().forEach(slice -> slice.fail(why));
            release(entry);
        }
    }

    private void release(EntryDraft entry) {
        if (queue.release(entry)) {
            continuation.execute(sender::run);
        }
    }
}
