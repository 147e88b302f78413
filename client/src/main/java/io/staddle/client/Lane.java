package io.staddle.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Gathers calls of one kind into requests, and repeats what failed until the deadline.
///
/// A call goes out at once, on its caller's thread, while fewer requests than [Route#attemptsMax]
/// are under way; else it waits and goes with the others that wait. Everything here is an actor
/// without a thread: callers, answers and the [Pulse] put signals into the inbox, and whoever
/// finds nobody at work works until the inbox is empty. So nothing below [#step] needs a lock, and
/// nobody waits for one.
///
/// After a failure the lane *probes*: one small request at a time, to one server after the other,
/// until one of them answers. A server that does not answer within [Route#patienceNanos] is asked
/// no more for a while, but its late answer still counts.
final class Lane<P extends Pending<?, ?>, Q, A> {
    /// What an inbox holds.
    interface Signal {}

    private static final int PROBE_CALLS_MAX = 16;
    private static final int BYTES_MAX = 1 << 20;
    private static final int IDLE_BEATS = 100;

    private final Core core;
    private final Exchange<P, Q, A> exchange;
    private final Route route;
    private final ConcurrentLinkedQueue<Signal> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean beat;

    // Confined to whoever works.
    private final ArrayDeque<P> waiting = new ArrayDeque<>();
    private final List<Attempt<P, Q, A>> underWay = new ArrayList<>();
    private final Failures failures = new Failures();
    private final Backoff backoff = new Backoff();
    private int unsuspected;
    private boolean probing = true;
    private int callsMax;
    private int idleBeats;

    Lane(Core core, Exchange<P, Q, A> exchange, Route route) {
        this.core = core;
        this.exchange = exchange;
        this.route = route;
        this.callsMax = route.callsMax();
    }

    Exchange<P, Q, A> exchange() {
        return exchange;
    }

    /// Sends a call, now or with others.
    void submit(P call) {
        inbox.offer(call);
        if (!beating.get() && beating.compareAndSet(false, true)) {
            core.pulse().add(this);
        }
        wake();
    }

    /// Lets what is submitted meanwhile go together, not its first one alone. What is done must not
    /// wait for anything.
    <T> T together(Supplier<T> submissions) {
        boolean mine = work.getAndIncrement() == 0;
        try {
            return submissions.get();
        } finally {
            letGo(mine);
        }
    }

    /// Looks at deadlines; called by the pulse.
    void beat() {
        beat = true;
        wake();
    }

    /// Hands an answer to the callers. What they send meanwhile waits, to go together.
    void answered(Attempt<P, Q, A> attempt, A answer) {
        boolean mine = work.getAndIncrement() == 0;
        try {
            exchange.answeredBy(attempt.peer, answer);
            core.leave(exchange.deliver(answer, attempt.calls));
        } catch (StaddleProtocolException senseless) {
            core.leave(failAll(attempt.calls, senseless));
        } finally {
            inbox.offer(attempt);
            letGo(mine);
        }
    }

    /// What came into the inbox meanwhile is looked at, by this thread or by the one at work.
    private void letGo(boolean mine) {
        if (mine) {
            work(1);
        } else {
            wake();
        }
    }

    /// Takes note of an attempt that failed.
    void ended(Attempt<P, Q, A> attempt) {
        inbox.offer(attempt);
        wake();
    }

    void wake() {
        if (work.getAndIncrement() == 0) {
            work(1);
        }
    }

    private void work(int seen) {
        int missed = seen;
        do {
            step();
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void step() {
        long now = System.nanoTime();
        readInbox(now);
        if (core.isClosed()) {
            abandon();
            return;
        }
        if (beat) {
            beat = false;
            loseFaith(now);
            expire(now);
            rest();
        }
        send(now);
    }

    @SuppressWarnings("unchecked")
    private void readInbox(long now) {
        for (Signal signal = inbox.poll(); signal != null; signal = inbox.poll()) {
            if (signal instanceof Attempt<?, ?, ?>) {
                settle((Attempt<P, Q, A>) signal, now);
            } else {
                waiting.addLast((P) signal);
            }
        }
    }

    private void send(long now) {
        int attemptsMax = probing ? 1 : route.attemptsMax();
        while (!waiting.isEmpty() && unsuspected < attemptsMax && backoff.isOver(now)) {
            List<P> calls = take();
            if (!calls.isEmpty()) {
                Peer peer = route.choose(core.peers(), now);
                Attempt<P, Q, A> attempt = new Attempt<>(this, peer, calls, now, probing);
                underWay.add(attempt);
                unsuspected++;
                attempt.start();
            }
        }
    }

    private List<P> take() {
        int max = probing ? Math.min(PROBE_CALLS_MAX, callsMax) : callsMax;
        List<P> calls = new ArrayList<>(Math.min(waiting.size(), max));
        long bytes = 0;
        while (calls.size() < max && !waiting.isEmpty()) {
            P next = waiting.getFirst();
            if (next.isSettled()) {
                drop(waiting.removeFirst());
                continue;
            }
            bytes += next.bytes();
            if (bytes > BYTES_MAX && !calls.isEmpty()) {
                break;
            }
            calls.add(waiting.removeFirst());
        }
        return calls;
    }

    private void settle(Attempt<P, Q, A> attempt, long now) {
        if (!underWay.remove(attempt)) {
            return;
        }
        unsuspected -= attempt.suspected ? 0 : 1;
        if (attempt.failure().isPresent()) {
            failed(attempt, attempt.failure().get(), now);
            return;
        }
        switch (route.to()) {
            case Route.To.Leader same -> core.peers().leads(attempt.peer);
            case Route.To.LeaderFirst same -> core.scout().sawAnswerOf(attempt.peer, now);
            case Route.To.Any same -> {}
            case Route.To.Follower same -> {}
            case Route.To.Only same -> {}
        }
        probing = false;
        callsMax = Math.min(2 * callsMax, route.callsMax());
        backoff.reset();
        failures.clear();
    }

    private void failed(Attempt<P, Q, A> attempt, Failure failure, long now) {
        failures.add(attempt.peer.endpoint, failure.words());
        if (failure.isLost() && !attempt.suspected) {
            attempt.calls.forEach(call -> call.doubts++);
        } else if (!failure.isLost() && attempt.suspected) {
            // It came late, but it came: that server surely did not take them.
            attempt.calls.forEach(call -> call.doubts--);
        }
        if (failure.isSenseless() && attempt.calls.size() > 1) {
            // It may be one of the calls, or their number: in the end only the guilty fails.
            callsMax = attempt.calls.size() / 2;
            putBack(attempt);
            return;
        }
        if (failure.isFinal()) {
            core.leave(failAll(attempt.calls, failure.exception()));
            return;
        }
        if (!route.repeats()) {
            attempt.calls.forEach(call -> end(call, false));
            return;
        }
        putBack(attempt);
        if (failure.kind() == Failure.Kind.OVERLOADED) {
            backoff.slowDown(now);
        } else {
            lookElsewhere(attempt, failure, now);
        }
        probing = true;
    }

    private void lookElsewhere(Attempt<P, Q, A> attempt, Failure failure, long now) {
        core.peers().failed(attempt.peer);
        failure.leader()
                .flatMap(core.peers()::at)
                .filter(peer -> peer != attempt.peer && !peer.isSuspected(now))
                .ifPresent(core.peers()::leads);
        if (attempt.probe) {
            backoff.afterProbe(core.peers().size(), now);
        }
    }

    /// Puts its calls in front of those that wait, unless that was done when it was suspected.
    private void putBack(Attempt<P, Q, A> attempt) {
        if (attempt.suspected) {
            return;
        }
        for (int i = attempt.calls.size() - 1; i >= 0; i--) {
            P call = attempt.calls.get(i);
            if (call.isSettled()) {
                drop(call);
            } else {
                waiting.addFirst(call);
            }
        }
    }

    private void loseFaith(long now) {
        for (int i = underWay.size() - 1; i >= 0; i--) {
            Attempt<P, Q, A> attempt = underWay.get(i);
            if (attempt.suspected || now - attempt.startedNanos < route.patienceNanos()) {
                continue;
            }
            String how = "no answer within " + route.patienceNanos() / 1_000_000 + " ms";
            attempt.peer.suspect(now);
            if (attempt.isSent()) {
                failures.add(attempt.peer.endpoint, how);
                attempt.calls.forEach(call -> call.doubts++);
                core.peers().failed(attempt.peer);
                putBack(attempt);
                attempt.suspected = true;
                unsuspected--;
                probing = true;
            } else {
                attempt.cancel(how);
            }
        }
    }

    private void expire(long now) {
        waiting.removeIf(call -> endIfOver(call, now, false));
        for (int i = underWay.size() - 1; i >= 0; i--) {
            Attempt<P, Q, A> attempt = underWay.get(i);
            if (now - attempt.dueNanos < 0) {
                continue;
            }
            if (!attempt.isSent()) {
                // It comes back through the inbox: only then it is sure that nothing was sent.
                attempt.cancel("no connection before the deadline");
                continue;
            }
            boolean over = true;
            for (P call : attempt.calls) {
                over &= endIfOver(call, now, true);
            }
            if (over) {
                underWay.remove(i);
                giveUp(attempt, now);
                attempt.cancel("nobody waits for it any more");
            }
        }
    }

    /// Calls may have less patience than their route: whoever hung until their end is not the first
    /// to be asked by the next, all the same.
    private void giveUp(Attempt<P, Q, A> attempt, long now) {
        if (attempt.suspected) {
            return;
        }
        unsuspected--;
        core.peers().failed(attempt.peer);
        if (now - attempt.startedNanos >= Route.PATIENCE.toNanos()) {
            attempt.peer.suspect(now);
        }
    }

    private boolean endIfOver(P call, long now, boolean underWayNow) {
        if (call.isSettled()) {
            drop(call);
            return true;
        }
        if (call.isDue(now)) {
            end(call, underWayNow);
            return true;
        }
        return false;
    }

    private void end(P call, boolean underWayNow) {
        if (call.close()) {
            call.expire(failures, underWayNow);
            core.leave(1);
        }
    }

    private void drop(P call) {
        if (call.close()) {
            core.leave(1);
        }
    }

    private int failAll(List<P> calls, StaddleException why) {
        int closed = 0;
        for (P call : calls) {
            if (call.close()) {
                call.future.completeExceptionally(why);
                closed++;
            }
        }
        return closed;
    }

    private void abandon() {
        StaddleException why = new StaddleClosedException("the client was closed");
        core.leave(failAll(List.copyOf(waiting), why));
        waiting.clear();
        List<Attempt<P, Q, A>> last = List.copyOf(underWay);
        underWay.clear();
        for (Attempt<P, Q, A> attempt : last) {
            core.leave(failAll(attempt.calls, why));
            attempt.cancel("the client was closed");
        }
    }

    /// Stops the pulse once there has been nothing to do for a while.
    private void rest() {
        boolean idle = waiting.isEmpty() && underWay.isEmpty();
        idleBeats = idle ? idleBeats + 1 : 0;
        if (idleBeats > (route.callsMax() > 1 ? IDLE_BEATS : 0)) {
            idleBeats = 0;
            core.pulse().remove(this);
            beating.set(false);
            if (!inbox.isEmpty() && beating.compareAndSet(false, true)) {
                core.pulse().add(this);
            }
        }
    }
}
