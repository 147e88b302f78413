package io.staddle.client;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.WatchAnswer;

import java.util.ArrayList;
import java.util.List;

/// Decodes what a stream of events brings.
final class WatchAnswers {
    private WatchAnswers() {}

    /// Returns what an answer says, in order.
    static List<Watched> decode(WatchAnswer answer) {
        List<Watched> all = new ArrayList<>();
        List<Event> events = answer.getEventsList();
        int begin = 0;
        while (begin < events.size()) {
            int end = begin + 1;
            while (end < events.size()
                    && events.get(end).getRevision().equals(events.get(begin).getRevision())) {
                end++;
            }
            all.add(change(events.subList(begin, end)));
            begin = end;
        }
        Revision next = new Revision(answer.getThroughIndex() + 1, 0);
        switch (answer.getNoticeCase()) {
            case PROGRESS ->
                    all.add(new Watched.Progress(next, answer.getProgress().getAgeMillis()));
            case LAGGING ->
                    all.add(new Watched.Lagging(next, answer.getLagging().getNewestIndex()));
            case TRIMMED ->
                    all.add(new Watched.Trimmed(next, answer.getTrimmed().getFirstKeptIndex()));
            case NOTICE_NOT_SET -> {
                if (events.isEmpty()) {
                    all.add(new Watched.Progress(next, -1));
                }
            }
        }
        return all;
    }

    private static Watched.Change change(List<Event> ofRevision) {
        List<io.staddle.api.event.Event> known = new ArrayList<>(ofRevision.size());
        for (Event each : ofRevision) {
            if (each.getBody().getKindCase() != EventBody.KindCase.KIND_NOT_SET) {
                known.add(EventCodec.decode(each.getBody()));
            }
        }
        Event first = ofRevision.getFirst();
        return new Watched.Change(
                ModelCodec.decode(first.getRevision()),
                first.getAtMillis(),
                ModelCodec.decode(first.getOrigin()),
                known,
                ofRevision.size() - known.size());
    }
}
