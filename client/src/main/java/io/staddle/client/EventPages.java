package io.staddle.client;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.api.v1.ListEventsRequest;

/// Codec of pages of history.
final class EventPages {
    private EventPages() {}

    static ListEventsRequest request(long afterIndex, EventFilter filter) {
        return ListEventsRequest.newBuilder()
                .setAfterIndex(afterIndex)
                .setFilter(EventFilterCodec.encode(filter))
                .build();
    }

    static EventPage decode(ListEventsAnswer answer) {
        return new EventPage(
                answer.getEventsList().stream().map(EventCodec::decode).toList(),
                answer.getFirstKeptIndex(),
                answer.getTrimmed(),
                answer.getThroughIndex(),
                answer.getHeader().getIndex());
    }
}
