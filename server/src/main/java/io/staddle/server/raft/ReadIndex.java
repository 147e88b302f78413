package io.staddle.server.raft;

import io.staddle.api.id.ServerId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Finds the index that a state must include to be up to date: Raft's read index (Ongaro, section
/// 6.4), with a round of questions of our own.
///
/// The leader notes its commit index and then asks the others for their term. If a majority,
/// itself included, is still in its term, nobody else had been elected when it asked, so nothing
/// newer was committed. Each round is asked anew, after the reads that it serves came in.
///
/// Ratis 3.3.0 has linearizable reads too, but answers without asking once its commit index has
/// been confirmed, and lets a read join a round sent before it: a leader that was paused, or cut
/// off, while another was elected shows what is out of date (`docs/adr/0003-read-index.md`).
final class ReadIndex {
    private final ServerId me;
    private final Seat seat;
    private final Rosters rosters;
    private final Links links;

    ReadIndex(ServerId me, Seat seat, Rosters rosters, Links links) {
        this.me = me;
        this.seat = seat;
        this.rosters = rosters;
        this.links = links;
    }

    /// Asks the others and returns the index; fails with [QuorumUnavailableException] unless this
    /// server leads and a majority confirms it.
    CompletableFuture<Long> confirm() {
        Seat.Leadership leadership = seat.leadership();
        if (!leadership.ready()) {
            return CompletableFuture.failedFuture(
                    new QuorumUnavailableException("this server does not lead yet, or no more"));
        }
        Roster roster = rosters.now();
        Votes votes = new Votes(leadership, roster.ballots());
        votes.yes(me);
        for (Member other : roster.voters()) {
            if (!other.id().equals(me)) {
                var _ =
                        links.to(other.address())
                                .term()
                                .whenComplete((term, why) -> votes.count(other.id(), term, why));
            }
        }
        return votes.result;
    }

    /// The answers of one round: each ballot needs a majority.
    private static final class Votes {
        private final Seat.Leadership leadership;
        private final List<Ballot> ballots = new ArrayList<>();
        private final CompletableFuture<Long> result = new CompletableFuture<>();

        Votes(Seat.Leadership leadership, List<Set<ServerId>> ballots) {
            this.leadership = leadership;
            ballots.forEach(voters -> this.ballots.add(new Ballot(voters)));
        }

        void count(ServerId from, @Nullable Long term, @Nullable Throwable failure) {
            if (term != null && term <= leadership.term()) {
                yes(from);
            } else if (isHopelessWithout(from)) {
                String why = term == null ? String.valueOf(failure) : "term " + term + " has begun";
                result.completeExceptionally(
                        new QuorumUnavailableException(
                                "no majority confirmed this leader: " + why));
            }
        }

        void yes(ServerId from) {
            boolean confirmed;
            synchronized (this) {
                ballots.forEach(ballot -> ballot.yes(from));
                confirmed = ballots.stream().allMatch(Ballot::isWon);
            }
            if (confirmed) {
                result.complete(leadership.commitIndex());
            }
        }

        private synchronized boolean isHopelessWithout(ServerId from) {
            ballots.forEach(ballot -> ballot.no(from));
            return ballots.stream().anyMatch(Ballot::isLost);
        }
    }

    /// Those who are to confirm. Guarded by its [Votes].
    private static final class Ballot {
        private final Set<ServerId> open;
        private final int needed;
        private int yes;

        Ballot(Set<ServerId> voters) {
            open = new HashSet<>(voters);
            needed = voters.size() / 2 + 1;
        }

        void yes(ServerId from) {
            yes += open.remove(from) ? 1 : 0;
        }

        void no(ServerId from) {
            open.remove(from);
        }

        boolean isWon() {
            return yes >= needed;
        }

        boolean isLost() {
            return yes + open.size() < needed;
        }
    }
}
