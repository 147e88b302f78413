package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.EventCodec;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.statemachine.query.EventPage;
import io.staddle.statemachine.query.Queries;

/// History.
final class EventsService extends EventsGrpc.EventsImplBase {
    private final Reads reads;

    EventsService(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void list(ListEventsRequest request, StreamObserver<ListEventsAnswer> observer) {
        reads.scan(() -> page(request), observer);
    }

    private Reads.Request<ListEventsAnswer> page(ListEventsRequest request) {
        int limit = GrainPages.size(request.getLimit(), reads.limits().pageSize());
        long after = request.getAfterIndex();
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        encode(new Queries(view).events(after, limit), after)
                                .setHeader(header)
                                .build());
    }

    private static ListEventsAnswer.Builder encode(EventPage page, long after) {
        ListEventsAnswer.Builder answer = ListEventsAnswer.newBuilder();
        page.events().forEach(event -> answer.addEvents(EventCodec.encode(event)));
        return answer.setFirstKeptIndex(page.firstKept()).setTrimmed(page.firstKept() > after + 1);
    }
}
