package io.staddle.client;

import io.staddle.api.codec.DiffCodec;
import io.staddle.api.codec.MomentCodec;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;
import io.staddle.api.query.Moment;
import io.staddle.api.query.StateDiff;
import io.staddle.api.v1.DiffAnswer;
import io.staddle.api.v1.DiffRequest;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.ListEventsRequest;

import java.util.Iterator;
import java.util.Optional;
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
        return calls.await(page(EventPages.request(index, filter)));
    }

    /// Returns the first page of what happened since a time, as [#after] does.
    ///
    /// @param millis logical time in milliseconds since 1970
    public EventPage since(long millis, EventFilter filter) {
        return calls.await(
                page(EventPages.request(0, filter).toBuilder().setSinceMillis(millis).build()));
    }

    /// Returns what is not the same in two states, linearizably: at most `limit` rows of tables are
    /// compared, the first that changed. It throws [StaddleRefusedException] with `TRIMMED` or
    /// `NOT_YET` if one of them is not kept, or has not been.
    ///
    /// @param to empty for the present
    /// @param limit 1 to 10,000
    public StateDiff diff(Moment from, Optional<Moment> to, int limit) {
        DiffRequest.Builder request =
                DiffRequest.newBuilder().setFrom(MomentCodec.encode(from)).setLimit(limit);
        to.ifPresent(moment -> request.setTo(MomentCodec.encode(moment)));
        return calls.await(
                calls.query(
                        EventsGrpc.getDiffMethod(), request.build(), EventLog::diff, Route.QUERY));
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

    /// Expands the move of a holding, as by a failover, into the grains that it was about, by key:
    /// with the epoch that each had after it, as the servers compute it. Those that have left the
    /// holding since are left out. It reads pages as it goes, and throws what [GrainDirectory]
    /// throws.
    ///
    /// @param at of the change that the event came with
    public Iterator<MovedGrain> expand(DirectoryEvent.HoldingMoved moved, Revision at) {
        return new MoveExpansion(calls, moved, at.index());
    }

    private static StateDiff diff(DiffAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return DiffCodec.decode(answer.getDiff());
    }

    private CompletableFuture<EventPage> page(ListEventsRequest request) {
        return calls.query(EventsGrpc.getListMethod(), request, EventPages::decode, Route.QUERY);
    }
}
