package io.staddle.client.barrier;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.Participation;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.BarrierAdmin;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Coordinates the barriers of a scope, as long as nobody else does.
///
/// ```java
/// try (var coordinator = BarrierCoordinator.acquire(client, coordination)) {
///     coordinator.inDoubt().ifPresent(open -> decide(coordinator, open));
///     BarrierRecord barrier = coordinator.begin(checkpoint, workers, Duration.ZERO);
///     switch (coordinator.await(barrier.id())) {
///         case BarrierOutcome.Reached reached -> coordinator.commit(barrier.id());
///         case BarrierOutcome other -> tryAgain(other);
///     }
/// }
/// ```
///
/// It renews its lease by itself, and repeats what was not answered: through lost connections and
/// changes of the leader. If another one took over, every method that changes anything throws a
/// [io.staddle.client.StaddleRefusedException] with `STALE_TOKEN`: what it began is for the other
/// one to decide.
public final class BarrierCoordinator implements AutoCloseable {
    private static final int RENEWALS_PER_LEASE = 3;
    private static final long WAIT_MILLIS_MAX = 250;

    private final BarrierAdmin barriers;
    private final Coordination coordination;
    private final Token token;
    private final BarrierWait wait;
    private final Patience patience = new Patience();
    private final CompletableFuture<Refusal> lost = new CompletableFuture<>();
    private final Thread renewal;

    /// On a monotonic clock: until when nobody else gets the scope, at least.
    private volatile long leasedNanos;

    private BarrierCoordinator(
            StaddleClient client, Coordination coordination, Token token, long askedNanos) {
        this.barriers = client.barriers();
        leasedNanos = askedNanos + coordination.lease().toNanos();
        this.coordination = coordination;
        this.token = token;
        wait = new BarrierWait(client, coordination.scope(), patience);
        renewal = Thread.ofVirtual().name("barrier-lease").start(this::renew);
    }

    /// Becomes the coordinator, once the lease of another one has ended. Interrupting the thread
    /// ends the wait.
    ///
    /// @throws io.staddle.client.StaddleRefusedException if it cannot be: there is a later life of
    ///     it, or barriers wait for a feature level
    public static BarrierCoordinator acquire(StaddleClient client, Coordination coordination) {
        Patience patience = new Patience();
        while (true) {
            long askedNanos = System.nanoTime();
            Result<Answer.Coordination> result = ask(client.barriers(), coordination, patience);
            if (result instanceof Result.Refused<Answer.Coordination> refused
                    && refused.why() instanceof Refusal.Held held) {
                patience.pause(Math.clamp(held.leftMillis(), 1, WAIT_MILLIS_MAX));
            } else {
                Token token = result.orThrow().scope().coordinator().token();
                return new BarrierCoordinator(client, coordination, token, askedNanos);
            }
        }
    }

    private static Result<Answer.Coordination> ask(
            BarrierAdmin barriers, Coordination coordination, Patience patience) {
        return patience.outcome(() ->
                barriers.acquire(
                        coordination.scope(),
                        coordination.node(),
                        coordination.incarnation(),
                        coordination.lease()));
    }

    /// Returns what proves that this one coordinates: for whoever checks it downstream.
    public Token token() {
        return token;
    }

    /// Tells whether nobody else can coordinate yet, as far as a clock of this process can tell:
    /// its lease, counted from before the last renewal that was answered was sent, is not over. A
    /// clock of the servers that jumps ahead ends leases sooner.
    public boolean isLeased() {
        return !lost.isDone() && System.nanoTime() - leasedNanos < 0;
    }

    /// Completed with the reason when another one has taken over.
    public CompletableFuture<Refusal> lost() {
        return lost.copy();
    }

    /// Returns the barrier of the scope that is not decided, as a coordinator before may have left
    /// it: if it is READY it can be committed, else awaited or aborted. No other can begin before.
    public Optional<BarrierDetails> inDoubt() {
        return patience.answer(() -> barriers.scope(coordination.scope()))
                .value()
                .flatMap(ScopeState::open)
                .map(open -> patience.answer(() -> barriers.barrier(open.id())).value());
    }

    /// Begins a barrier.
    ///
    /// @param checkpoint another one for each barrier
    /// @param participants who takes part, in which incarnation; empty only if the scope allows it
    /// @param timeout how long it may take; [Duration#ZERO] for `barrier.timeout-millis`
    /// @throws io.staddle.client.StaddleRefusedException if it cannot begin
    public BarrierRecord begin(
            CheckpointId checkpoint, Map<NodeId, Long> participants, Duration timeout) {
        List<Participation> all =
                participants.entrySet().stream()
                        .map(each -> Participation.of(each.getKey(), each.getValue()))
                        .toList();
        BarrierCommand.BeginBarrier begin =
                new BarrierCommand.BeginBarrier(
                        coordination.scope(), token, checkpoint, all, timeout.toMillis(), 0);
        return patience.outcome(() -> barriers.begin(begin)).orThrow();
    }

    /// Waits until all participants are prepared, or the barrier is decided. The servers say so;
    /// nothing is asked for meanwhile. It ends at the barrier's deadline at the latest, as long as
    /// the servers have a leader. Interrupting the thread ends it, too.
    public BarrierOutcome await(BarrierId barrier) {
        return wait.await(barrier);
    }

    /// Commits a barrier that is READY. What this returned holds for ever.
    ///
    /// @throws io.staddle.client.StaddleRefusedException if it is not READY, was aborted, or is
    ///     another one's to decide
    public BarrierRecord commit(BarrierId barrier) {
        return patience.outcome(() -> barriers.commit(barrier, token)).orThrow();
    }

    /// Aborts a barrier.
    ///
    /// @param reason why; 1 to 512 characters
    /// @throws io.staddle.client.StaddleRefusedException if it was committed, or is another one's
    ///     to decide
    public BarrierRecord abort(BarrierId barrier, String reason) {
        return patience.outcome(() -> barriers.abort(barrier, token, reason)).orThrow();
    }

    /// Leaves the scope to the next one, who need not wait; a barrier that is open stays so. If the
    /// servers cannot be reached the lease ends by itself.
    @Override
    public void close() {
        // Read first: the thread that renews takes its interruption for the end of all.
        boolean isLost = lost.isDone();
        renewal.interrupt();
        wait.close();
        if (!isLost) {
            try {
                barriers.release(coordination.scope(), token);
            } catch (StaddleException unreachable) {
                lost.cancel(false);
            }
        }
    }

    private void renew() {
        try {
            while (true) {
                patience.pause(coordination.lease().toMillis() / RENEWALS_PER_LEASE);
                long askedNanos = System.nanoTime();
                Optional<Refusal> refusal = refusal(ask(barriers, coordination, patience));
                if (refusal.isPresent()) {
                    lost.complete(refusal.get());
                    return;
                }
                leasedNanos = askedNanos + coordination.lease().toNanos();
            }
        } catch (StaddleException closed) {
            lost.cancel(false);
        }
    }

    private Optional<Refusal> refusal(Result<Answer.Coordination> renewed) {
        return switch (renewed) {
            case Result.Refused<Answer.Coordination> refused -> Optional.of(refused.why());
            case Result.Done<Answer.Coordination> done -> {
                Token now = done.value().scope().coordinator().token();
                yield now.equals(token)
                        ? Optional.empty()
                        : Optional.of(
                                new Refusal.StaleToken(
                                        coordination.scope(),
                                        token,
                                        now,
                                        Optional.of(coordination.node())));
            }
            case Result.Unknown<Answer.Coordination> unknown -> Optional.empty();
        };
    }
}
