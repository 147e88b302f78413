package io.staddle.client;

import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;

import java.util.concurrent.CompletableFuture;

/// History, and what is added to it.
public final class EventLog {
    private final Core core;
    private final Calls calls;

    EventLog(Core core, Calls calls) {
        this.core = core;
        this.calls = calls;
    }

    /// Returns a page of history after `index`, linearizably: at most a thousand events are looked
    /// at. It throws what [GrainDirectory] throws.
    ///
    /// @param index 0 for the oldest that are kept; else [EventPage#throughIndex] of the page
    ///     before
    public EventPage after(long index, EventFilter filter) {
        return calls.await(pageAfter(index, filter));
    }

    /// Begins to watch, and returns what comes as an iterator that waits.
    public EventWatcher watch(WatchOptions options) {
        WatchRun run = new WatchRun(core, options);
        EventWatcher watcher = new EventWatcher(run, options.from().orElse(Revision.NONE));
        run.start();
        return watcher;
    }

    /// Begins to watch, and hands what comes to a listener.
    public Watch watch(WatchOptions options, WatchListener listener) {
        return new Watch(watch(options), listener);
    }

    private CompletableFuture<EventPage> pageAfter(long index, EventFilter filter) {
        return calls.query(
                io.staddle.api.v1.EventsGrpc.getListMethod(),
                EventPages.request(index, filter),
                EventPages::decode,
                Route.QUERY);
    }
}
