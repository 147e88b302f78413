package io.staddle.client;

import io.staddle.api.id.Fence;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.refusal.Refusal;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What a [ClusterAgent] believes: a pure state machine but for its clock.
///
/// Its rule: an answer counts from when its beat was sent, less the time since the server that
/// answered surely led, and only if what it says is not older than what is known. A lease that has
/// run out once is never prolonged, however late anybody looks at the clock: a process that was
/// paused finds itself fenced, even if the answer that it had been waiting for is there.
final class AgentState {
    /// What the listener is to be told, in this order.
    sealed interface Signal {
        record Healthy(Fence fence) implements Signal {}

        record Suspect() implements Signal {}

        record Fenced(FencedBecause why) implements Signal {}

        record Connection(ConnectionState state) implements Signal {}

        record Ended() implements Signal {}
    }

    private enum Stage {
        /// Nothing was granted in this life.
        STARTING,
        /// There is a lease.
        HOLDING,
        /// The listener is letting go.
        LETTING_GO,
        /// The listener has let go: fences can be acknowledged.
        LET_GO,
        /// Nothing changes any more.
        CLOSED
    }

    private final LongSupplier clock;
    private final long marginMillis;
    private final Consumer<Signal> signals;

    /// Read without the lock, by handles.
    private volatile Optional<Lease> lease = Optional.empty();

    // Guarded by this.
    private Stage stage = Stage.STARTING;
    private long tenure;
    private long letGoNanos;
    private Fence highest = Fence.NONE;
    private Fence acked = Fence.NONE;
    private boolean sick;
    private Standing told = Standing.FENCED;
    private ConnectionState connection = ConnectionState.CONNECTING;

    /// Creates it.
    ///
    /// @param clock monotonic, in nanoseconds
    /// @param marginMillis how much sooner than the servers it decides; negative for a tenth of the
    ///     time until SUSPECT, but at least the interval of the beats
    /// @param signals takes what the listener is to be told, and does not block
    AgentState(LongSupplier clock, long marginMillis, Consumer<Signal> signals) {
        this.clock = clock;
        this.marginMillis = marginMillis;
        this.signals = signals;
    }

    /// Tells whether what was granted in a tenure behind a fence may still be acted upon.
    boolean isUsable(long grantedIn, Fence fence) {
        long now = clock.getAsLong();
        return lease.filter(held -> held.tenure() == grantedIn && held.fence().equals(fence))
                .filter(held -> !held.isOver(now))
                .isPresent();
    }

    /// Returns the tenure that grants belong to now.
    synchronized long tenure() {
        return tenure;
    }

    synchronized Standing standing() {
        look();
        return told;
    }

    synchronized ConnectionState connection() {
        return connection;
    }

    /// Returns the highest fence that the cluster obeys.
    synchronized Fence acked() {
        return acked;
    }

    /// Looks at the clock: whoever is silent becomes SUSPECT and FENCED by itself.
    synchronized void look() {
        long now = clock.getAsLong();
        if (stage == Stage.HOLDING && lease.orElseThrow().isOver(now)) {
            long silent = lease.orElseThrow().silentMillis(now);
            connection(ConnectionState.LOST);
            fence(new FencedBecause.Silence(silent));
        }
        tell(now);
    }

    /// A beat was answered.
    ///
    /// @param sentNanos when it was sent, before it could have reached anybody
    synchronized void answered(long sentNanos, BeatReply reply) {
        if (stage == Stage.CLOSED) {
            return;
        }
        look();
        switch (reply) {
            case BeatReply.Taken taken -> taken(sentNanos, taken);
            case BeatReply.Refused(var why) -> unknown(why);
        }
        tell(clock.getAsLong());
    }

    /// A beat was not answered in time.
    synchronized void unanswered() {
        if (connection == ConnectionState.CONNECTED || connection == ConnectionState.RECONNECTED) {
            connection(ConnectionState.SUSPENDED);
        }
        look();
    }

    /// The listener has let go of everything.
    synchronized void letGo() {
        if (stage == Stage.LETTING_GO) {
            stage = Stage.LET_GO;
            letGoNanos = clock.getAsLong();
            acked = highest;
        }
    }

    /// Nothing is to be believed any more.
    synchronized void close() {
        if (stage == Stage.HOLDING || stage == Stage.STARTING) {
            fence(new FencedBecause.Closed());
        }
        stage = Stage.CLOSED;
    }

    private void taken(long sentNanos, BeatReply.Taken taken) {
        ClusterRecord cluster = taken.cluster();
        if (cluster.fence().compareTo(highest) < 0) {
            return;
        }
        boolean demoted = cluster.isFenced() || isAnotherFence(cluster.fence());
        highest = cluster.fence();
        connected();
        if (demoted) {
            demoted(cluster.fence());
        } else if (stage != Stage.LETTING_GO && isAfterLettingGo(sentNanos)) {
            sick = isSick(cluster.state());
            long age = TimeUnit.MILLISECONDS.toNanos(taken.leadershipAgeMillis());
            hold(Lease.of(tenure, cluster.fence(), sentNanos - age, taken.terms(), marginMillis));
        }
    }

    private boolean isAnotherFence(Fence fence) {
        return stage == Stage.HOLDING && !lease.orElseThrow().fence().equals(fence);
    }

    private boolean isAfterLettingGo(long sentNanos) {
        return stage != Stage.LET_GO || sentNanos - letGoNanos >= 0;
    }

    private void demoted(Fence fence) {
        switch (stage) {
            case STARTING, HOLDING -> fence(new FencedBecause.Demoted(fence));
            case LET_GO -> acked = fence;
            case LETTING_GO, CLOSED -> {}
        }
    }

    private void unknown(Refusal why) {
        connected();
        if (stage == Stage.STARTING || stage == Stage.HOLDING) {
            fence(new FencedBecause.Unknown(why));
        }
    }

    /// Prolongs the lease. An answer that overtook this one has said more.
    private void hold(Lease next) {
        boolean older = lease.filter(held -> next.heardNanos() - held.heardNanos() < 0).isPresent();
        if (!older && !next.isOver(clock.getAsLong())) {
            stage = Stage.HOLDING;
            acked = highest;
            lease = Optional.of(next);
        }
    }

    private void fence(FencedBecause why) {
        lease = Optional.empty();
        stage = Stage.LETTING_GO;
        tenure++;
        told = Standing.FENCED;
        signals.accept(new Signal.Fenced(why));
    }

    private void tell(long now) {
        if (stage != Stage.HOLDING) {
            return;
        }
        Lease held = lease.orElseThrow();
        Standing next = sick || held.isSuspect(now) ? Standing.SUSPECT : Standing.HEALTHY;
        if (next != told) {
            told = next;
            signals.accept(
                    next == Standing.HEALTHY
                            ? new Signal.Healthy(held.fence())
                            : new Signal.Suspect());
        }
    }

    private void connected() {
        switch (connection) {
            case CONNECTING -> connection(ConnectionState.CONNECTED);
            case SUSPENDED, LOST -> connection(ConnectionState.RECONNECTED);
            case CONNECTED, RECONNECTED -> {}
        }
    }

    private void connection(ConnectionState next) {
        connection = next;
        signals.accept(new Signal.Connection(next));
    }

    private static boolean isSick(ClusterState state) {
        return switch (state) {
            case UNKNOWN, HEALTHY -> false;
            case SUSPECT, RECOVERING, DRAINING, FAILED -> true;
        };
    }
}
