package io.staddle.client.barrier;

import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Vote;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.BarrierAdmin;
import io.staddle.client.Observed;
import io.staddle.client.Result;
import io.staddle.client.StaddleRefusedException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The life of a participant: catches up with what was decided, then does what it is told.
final class ParticipantRun {
    private static final int PAGE = 100;
    private static final int TEXT_MAX = 1_024;

    private final ScopeNews news;
    private final BarrierAdmin barriers;
    private final Membership self;
    private final BarrierHandler handler;
    private final Patience patience = new Patience();
    private volatile boolean closed;
    private volatile @Nullable Inbox inbox;

    // Of one thread.
    private long toldEpoch;
    private long votedEpoch;

    ParticipantRun(ScopeNews news, Membership self, BarrierHandler handler) {
        this.news = news;
        this.barriers = news.client().barriers();
        this.self = self;
        this.handler = handler;
        toldEpoch = self.toldEpoch();
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        patience.end();
        Inbox current = inbox;
        if (current != null) {
            current.close();
        }
    }

    void run() {
        while (!closed) {
            try (Inbox opened = news.open()) {
                inbox = opened;
                follow(opened);
            }
        }
    }

    /// Tells the decisions that were missed, oldest first, and takes part in what is open.
    private void catchUp(ScopeState state) {
        BarrierScope scope = state.scope();
        if (toldEpoch < 0) {
            toldEpoch = state.open().map(open -> open.id().epoch() - 1).orElse(scope.lastEpoch());
        }
        if (scope.forgottenEpoch() > toldEpoch) {
            handler.missed(scope);
            toldEpoch = scope.forgottenEpoch();
        }
        for (BarrierRecord barrier : since(scope)) {
            BarrierDetails details = details(barrier);
            if (isMine(details)) {
                decided(details.barrier());
            }
        }
        state.open().map(this::details).ifPresent(this::begun);
    }

    private List<BarrierRecord> since(BarrierScope scope) {
        List<BarrierRecord> missed = new ArrayList<>();
        long before = 0;
        while (scope.lastEpoch() > toldEpoch) {
            long from = before;
            List<BarrierRecord> page =
                    patience.answer(() -> barriers.list(self.scope(), from, PAGE));
            page.stream()
                    .filter(each -> each.id().epoch() > toldEpoch)
                    .filter(each -> each.status().isDecided())
                    .forEach(missed::add);
            if (page.size() < PAGE || page.getLast().id().epoch() <= toldEpoch) {
                break;
            }
            before = page.getLast().id().epoch();
        }
        return missed.reversed();
    }

    /// Does what the servers tell, from a state on, until some of it is not kept any more.
    private void follow(Inbox opened) {
        long seenIndex = Long.MAX_VALUE;
        while (!closed) {
            switch (opened.take()) {
                case Inbox.News.Begun begun -> seenIndex = readState();
                case Inbox.News.Happened(var change) -> {
                    if (change.revision().index() > seenIndex) {
                        change.events().forEach(this::on);
                    }
                }
                case Inbox.News.Failed(var why) -> throw why;
                case Inbox.News.Gap gap -> {
                    return;
                }
                case Inbox.News.Closed end -> {
                    return;
                }
            }
        }
    }

    /// Returns the index of the entry that it is the state after.
    private long readState() {
        Observed<Optional<ScopeState>> seen = patience.answer(() -> barriers.scope(self.scope()));
        seen.value().ifPresent(this::catchUp);
        return seen.header().index();
    }

    private void on(Event event) {
        if (event instanceof BarrierEvent.BarrierBegun(var barrier, var participants)) {
            begun(new BarrierDetails(barrier, participants));
        } else if (event instanceof BarrierEvent.OfBarrier of
                && of.barrier().status().isDecided()) {
            decidedLater(of.barrier());
        }
    }

    private void decidedLater(BarrierRecord barrier) {
        long epoch = barrier.id().epoch();
        if (epoch <= toldEpoch) {
            return;
        }
        if (epoch == votedEpoch || isMine(details(barrier))) {
            decided(barrier);
        }
        toldEpoch = epoch;
    }

    private void decided(BarrierRecord barrier) {
        if (barrier.id().epoch() <= toldEpoch) {
            return;
        }
        if (barrier.decision() instanceof BarrierDecision.Committed) {
            handler.committed(barrier);
        } else {
            handler.aborted(barrier);
        }
        toldEpoch = barrier.id().epoch();
    }

    /// A participant that has restarted since says so with its vote, whatever that is.
    private void begun(BarrierDetails details) {
        long epoch = details.barrier().id().epoch();
        Optional<Participation> seat = seat(details);
        if (seat.isEmpty() || seat.get().ballot().isPresent() || epoch <= votedEpoch) {
            votedEpoch = seat.isPresent() ? Math.max(epoch, votedEpoch) : votedEpoch;
            restarted(details, seat);
            return;
        }
        boolean isOfThisLife = seat.get().incarnation() == self.incarnation();
        Vote vote = isOfThisLife ? prepare(details.barrier()) : restartedSince();
        votedEpoch = epoch;
        vote(details.barrier(), vote);
    }

    /// It was prepared in an earlier life: what is in memory only is gone, and the barrier with it.
    private void restarted(BarrierDetails details, Optional<Participation> seat) {
        if (seat.filter(each -> each.incarnation() < self.incarnation()).isPresent()) {
            vote(details.barrier(), restartedSince());
        }
    }

    private static Vote restartedSince() {
        return new Vote.Failed("RESTARTED", "the participant has restarted since");
    }

    private Vote prepare(BarrierRecord barrier) {
        try {
            return handler.prepare(barrier);
        } catch (RuntimeException why) {
            String text = why.toString();
            return new Vote.Failed(
                    "EXCEPTION", text.substring(0, Math.min(TEXT_MAX, text.length())));
        }
    }

    private void vote(BarrierRecord barrier, Vote vote) {
        Result<BarrierRecord> result =
                patience.outcome(() ->
                        news.vote(
                                new AckBarrier(
                                        barrier.id(), self.node(), self.incarnation(), vote)));
        // Whatever else it is refused for, the decision comes.
        if (result instanceof Result.Refused<BarrierRecord> refused
                && refused.why() instanceof Refusal.StaleIncarnation) {
            result.orThrow();
        }
    }

    private BarrierDetails details(BarrierRecord barrier) {
        try {
            return patience.answer(() -> barriers.barrier(barrier.id())).value();
        } catch (StaddleRefusedException forgotten) {
            return new BarrierDetails(barrier, List.of());
        }
    }

    private boolean isMine(BarrierDetails details) {
        return seat(details).isPresent();
    }

    private Optional<Participation> seat(BarrierDetails details) {
        return details.participants().stream()
                .filter(each -> each.node().equals(self.node()))
                .findFirst();
    }
}
