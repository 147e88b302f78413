package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.event.EventSubject;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.AnswerHeader;
import io.staddle.api.v1.DiffAnswer;
import io.staddle.api.v1.DiffRequest;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;
import io.staddle.server.events.EventHub;
import io.staddle.statemachine.history.HistoryAge;
import io.staddle.statemachine.query.EventPage;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.InstantSource;

/// History, and what is added to it.
final class EventsService extends EventsGrpc.EventsImplBase {
    private final Reads reads;
    private final EventHub hub;
    private final InstantSource clock;

    /// @param clock by which it is known what has not been yet
    EventsService(Reads reads, EventHub hub, InstantSource clock) {
        this.reads = reads;
        this.hub = hub;
        this.clock = clock;
    }

    @Override
    public void list(ListEventsRequest request, StreamObserver<ListEventsAnswer> observer) {
        reads.scan(() -> page(request), observer);
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchAnswer> observer) {
        WatchStream.open(request, observer, hub);
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffAnswer> observer) {
        reads.scan(() -> DiffReads.request(request, reads, clock), observer);
    }

    private Reads.Request<ListEventsAnswer> page(ListEventsRequest request) {
        int limit = PageBounds.rows("limit", request.getLimit(), reads.limits());
        long after = request.getAfterIndex();
        EventFilter filter = EventFilterCodec.decode(request.getFilter());
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) -> {
                    long from = Math.max(after, beforeTime(request.getSinceMillis(), view));
                    return encode(new Queries(view).events(from, limit), from, filter, header);
                });
    }

    private static long beforeTime(long sinceMillis, View view) {
        return sinceMillis == 0
                ? 0
                : HistoryAge.firstSince(sinceMillis, view.applied().index(), view) - 1;
    }

    private static ListEventsAnswer encode(
            EventPage page, long after, EventFilter filter, AnswerHeader header) {
        ListEventsAnswer.Builder answer = ListEventsAnswer.newBuilder().setHeader(header);
        for (RecordedEvent event : page.events()) {
            Event encoded = EventCodec.encode(event);
            String kind = EventFilterCodec.kind(encoded.getBody());
            if (filter.isEmpty() || filter.passes(kind, EventSubject.of(event.event()))) {
                answer.addEvents(encoded);
            }
        }
        return answer.setFirstKeptIndex(page.firstKept())
                .setThroughIndex(page.throughIndex(header.getIndex()))
                .setTrimmed(page.firstKept() > after + 1)
                .build();
    }
}
