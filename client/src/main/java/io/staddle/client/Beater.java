package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BeatRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The thread that registers a cluster, beats, and looks at the clock for its [AgentState]. It
/// waits for no answer: those come on the I/O thread.
final class Beater {
    /// Of beats that have no answer yet.
    private static final int UNDER_WAY_MAX = 8;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FIRST_INTERVAL_MILLIS = 500;

    private final ClusterId cluster;
    private final AgentOptions options;
    private final Calls calls;
    private final AgentState state;
    private final Sightings sightings;
    private final Thread thread;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long intervalMillis = FIRST_INTERVAL_MILLIS;
    private volatile long lagMillis = -1;
    private volatile boolean known;
    private volatile boolean due = true;
    private volatile boolean closed;

    Beater(ClusterId cluster, AgentOptions options, Calls calls, AgentState state) {
        this.cluster = cluster;
        this.options = options;
        this.calls = calls;
        this.state = state;
        this.sightings = new Sightings(options.clock());
        this.thread = Thread.ofPlatform().daemon().name("staddle-agent-beats").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Sightings sightings() {
        return sightings;
    }

    void reportLag(Duration lag) {
        lagMillis = Math.max(0, lag.toMillis());
    }

    /// Beats without waiting for the interval: there is news.
    void beatNow() {
        due = true;
        LockSupport.unpark(thread);
    }

    /// Ends the thread; answers that are under way are not believed any more.
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        long last = System.nanoTime();
        while (!closed) {
            long now = System.nanoTime();
            if (due || now - last >= TimeUnit.MILLISECONDS.toNanos(intervalMillis)) {
                due = false;
                last = now;
                act();
            }
            state.look();
            long interval = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
            LockSupport.parkNanos(this, Math.max(1, Math.min(LOOK_NANOS, interval)));
        }
    }

    private void act() {
        if (underWay.get() >= UNDER_WAY_MAX) {
            return;
        }
        underWay.incrementAndGet();
        if (known) {
            beat();
        } else {
            register();
        }
    }

    private void register() {
        var unused =
                calls.command(
                                new ClusterCommand.Register(
                                        cluster, options.profile(), ClusterState.HEALTHY),
                                answer -> answer)
                        .whenComplete(this::registered);
    }

    /// A cluster that is known with another profile was updated by an operator: that stands.
    private void registered(@Nullable Result<Answer> result, @Nullable Throwable failure) {
        underWay.decrementAndGet();
        boolean exists =
                result instanceof Result.Refused<Answer> refused
                        && refused.why() instanceof Refusal.AlreadyExists;
        if (exists || result instanceof Result.Done<Answer>) {
            known = true;
            beatNow();
        }
    }

    private void beat() {
        // Before it can have reached anybody: an answer counts from here.
        long sentNanos = options.clock().getAsLong();
        var unused =
                calls.beat(request()).whenComplete((reply, failure) -> answered(sentNanos, reply));
    }

    private BeatRequest request() {
        BeatRequest.Builder request =
                BeatRequest.newBuilder()
                        .setCluster(cluster.value())
                        .setIncarnation(options.incarnation())
                        .setAckedFence(state.acked().value())
                        .addAllSightings(sightings.now());
        if (lagMillis >= 0) {
            request.setLagMillis(lagMillis);
        }
        return request.build();
    }

    private void answered(long sentNanos, @Nullable BeatReply reply) {
        underWay.decrementAndGet();
        if (closed) {
            return;
        }
        if (reply == null) {
            state.unanswered();
            return;
        }
        if (reply instanceof BeatReply.Taken taken) {
            intervalMillis = Math.max(1, taken.terms().intervalMillis());
        }
        state.answered(sentNanos, reply);
    }
}
