package io.staddle.client.barrier;

import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.query.EventFilter;
import io.staddle.client.EventWatcher;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What happens to the barriers of a scope, for all participants of one process: they share one
/// watch, which lasts as long as one of them does.
///
/// A process that is one participant needs none of its own:
/// [BarrierParticipant#start(StaddleClient, Membership, BarrierHandler)] makes one.
public final class ScopeNews {
    private static final Set<String> KINDS =
            Set.of("barrier_begun", "barrier_committed", "barrier_aborted");

    private final StaddleClient client;
    private final ScopeId scope;
    private final Ballots ballots;

    /// Guarded by this.
    private @Nullable Feed feed;

    private ScopeNews(StaddleClient client, ScopeId scope) {
        this.client = client;
        this.scope = scope;
        ballots = new Ballots(client.barriers()::acknowledgeAll);
    }

    /// Returns the news of a scope. Nothing is watched until a participant starts.
    public static ScopeNews of(StaddleClient client, ScopeId scope) {
        return new ScopeNews(client, scope);
    }

    StaddleClient client() {
        return client;
    }

    ScopeId scope() {
        return scope;
    }

    /// Returns an inbox that is told [Inbox.News.Begun] first and then all that happens to the
    /// scope after it: a state that is read after `Begun` and what is told make a whole.
    synchronized Inbox open() {
        Feed current = feed;
        Optional<Inbox> inbox = current == null ? Optional.empty() : current.add();
        return inbox.orElseGet(this::begin);
    }

    /// Says what a participant has to say, with others who do so at the same time.
    Result<BarrierRecord> vote(AckBarrier vote) {
        return ballots.cast(vote, company());
    }

    private synchronized int company() {
        Feed current = feed;
        return current == null ? 1 : current.company();
    }

    /// Watches what happens to a scope after an entry of the log.
    static EventWatcher watch(
            StaddleClient client, ScopeId scope, Set<String> kinds, long afterIndex) {
        return client.events()
                .watch(
                        WatchOptions.FROM_NOW
                                .only(EventFilter.scope(scope).ofKinds(kinds))
                                .after(afterIndex)
                                .toldSoonest());
    }

    private Inbox begin() {
        Feed first = new Feed();
        feed = first;
        Inbox inbox = first.add().orElseThrow();
        Thread.ofVirtual().name("scope-news").start(first::run);
        return inbox;
    }

    /// One watch. Whoever listens is told in the order of the log.
    private final class Feed {
        private final Patience patience = new Patience();

        // Guarded by this.
        private final List<Inbox> listeners = new ArrayList<>();
        private boolean begun;
        private boolean over;
        private @Nullable EventWatcher watcher;

        /// Returns an inbox; empty if it is over.
        synchronized Optional<Inbox> add() {
            if (over) {
                return Optional.empty();
            }
            Inbox inbox = new Inbox(this::remove);
            listeners.add(inbox);
            if (begun) {
                inbox.put(new Inbox.News.Begun());
            }
            return Optional.of(inbox);
        }

        synchronized int company() {
            return listeners.size();
        }

        private void run() {
            try {
                long index = patience.answer(() -> client.barriers().scope(scope)).header().index();
                try (EventWatcher opened = begin(index)) {
                    while (opened.hasNext()) {
                        if (opened.next() instanceof Watched.Change change) {
                            tell(new Inbox.News.Happened(change));
                        }
                    }
                }
                end(new Inbox.News.Gap());
            } catch (RuntimeException why) {
                end(new Inbox.News.Failed(why));
            }
        }

        private synchronized EventWatcher begin(long index) {
            EventWatcher opened = watch(client, scope, KINDS, index);
            if (over) {
                opened.close();
            }
            watcher = opened;
            begun = true;
            tell(new Inbox.News.Begun());
            return opened;
        }

        private synchronized void tell(Inbox.News news) {
            listeners.forEach(inbox -> inbox.put(news));
        }

        private synchronized void end(Inbox.News last) {
            over = true;
            tell(last);
            listeners.clear();
        }

        private synchronized void remove(Inbox inbox) {
            listeners.remove(inbox);
            if (listeners.isEmpty()) {
                over = true;
                patience.end();
                EventWatcher current = watcher;
                if (current != null) {
                    current.close();
                }
            }
        }
    }
}
