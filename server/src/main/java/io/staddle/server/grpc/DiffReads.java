package io.staddle.server.grpc;

import io.staddle.api.codec.DiffCodec;
import io.staddle.api.codec.MomentCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Moment;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.DiffAnswer;
import io.staddle.api.v1.DiffRequest;
import io.staddle.statemachine.past.Diffs;
import io.staddle.statemachine.past.Past;
import io.staddle.statemachine.past.Resolution;
import io.staddle.statemachine.past.Resolution.Seen;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.Optional;

/// What is not the same in two states.
final class DiffReads {
    private DiffReads() {}

    /// @param clock by which it is known what has not been yet
    static Reads.Request<DiffAnswer> request(
            DiffRequest request, Reads reads, InstantSource clock) {
        Moment from = MomentCodec.decode(request.getFrom());
        Optional<Moment> to =
                request.hasTo()
                        ? Optional.of(MomentCodec.decode(request.getTo()))
                        : Optional.empty();
        int limit = PageBounds.rows("limit", request.getLimit(), reads.limits());
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) -> {
                    Past past = reads.past();
                    Resolution first = past.at(from, view, clock.millis());
                    Resolution second =
                            to.map(moment -> past.at(moment, view, clock.millis()))
                                    .orElseGet(() -> present(view));
                    return answer(first, second, view, limit).setHeader(header).build();
                });
    }

    private static Seen present(View view) {
        return new Seen(new Revision(view.applied().index(), Integer.MAX_VALUE), view);
    }

    private static DiffAnswer.Builder answer(
            Resolution first, Resolution second, View view, int limit) {
        return switch (first) {
            case Resolution.Refused(var why) -> refused(why);
            case Seen from ->
                    switch (second) {
                        case Resolution.Refused(var why) -> refused(why);
                        case Seen to ->
                                DiffAnswer.newBuilder()
                                        .setDiff(
                                                DiffCodec.encode(
                                                        Diffs.between(from, to, view, limit)));
                    };
        };
    }

    private static DiffAnswer.Builder refused(Refusal why) {
        return DiffAnswer.newBuilder().setRefusal(RefusalCodec.encode(why));
    }
}
