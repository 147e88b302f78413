package io.staddle.server.liveness;

import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.QuorumUnavailableException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// When this server surely led: a leader that is cut off goes on believing that it leads, and must
/// not let clusters believe that they are heard.
///
/// A majority is asked as for linearizable reads, at most once in `maxAge`, and only while beats
/// come. Whoever is answered is told how long ago that was.
public final class Confirmation {
    private final Quorum quorum;
    private final LongSupplier nanos;
    private final long maxAgeNanos;
    private final AtomicReference<Optional<Round>> newest = new AtomicReference<>(Optional.empty());

    /// One question to the others.
    private record Round(long term, long askedNanos, CompletableFuture<Long> answer) {
        boolean isConfirmed() {
            return answer.isDone() && !answer.isCompletedExceptionally();
        }
    }

    /// @param maxAge how old an answer may be that is used again
    public Confirmation(Quorum quorum, LongSupplier nanos, Duration maxAge) {
        this.quorum = quorum;
        this.nanos = nanos;
        maxAgeNanos = maxAge.toNanos();
    }

    /// Completes with a moment, by the clock in nanoseconds, at which this server led in `term`.
    /// Fails with [QuorumUnavailableException] if nobody confirms it.
    public CompletableFuture<Long> ofTerm(long term) {
        long now = nanos.getAsLong();
        Optional<Round> seen = newest.get();
        if (seen.filter(round -> serves(round, term, now)).isPresent()) {
            return seen.get().answer();
        }
        Round next = new Round(term, now, new CompletableFuture<>());
        if (!newest.compareAndSet(seen, Optional.of(next))) {
            return ofTerm(term);
        }
        ask(next);
        return next.answer();
    }

    private boolean serves(Round round, long term, long now) {
        boolean young = now - round.askedNanos() <= maxAgeNanos;
        return round.term() == term && (!round.answer().isDone() || (round.isConfirmed() && young));
    }

    private void ask(Round round) {
        try {
            var _ =
                    quorum.linearize()
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    round.answer().completeExceptionally(failure);
                                } else if (leadsIn(round.term())) {
                                    round.answer().complete(round.askedNanos());
                                } else {
                                    round.answer().completeExceptionally(lost(round.term()));
                                }
                            });
        } catch (RuntimeException failure) {
            round.answer().completeExceptionally(failure);
        }
    }

    /// Whoever leads in a term afterwards has led in it since: so it was this server that was
    /// confirmed, and no other.
    private boolean leadsIn(long term) {
        OptionalLong leads = quorum.leadingTerm();
        return leads.isPresent() && leads.getAsLong() == term;
    }

    private static QuorumUnavailableException lost(long term) {
        return new QuorumUnavailableException("this server leads no more in term " + term);
    }
}
