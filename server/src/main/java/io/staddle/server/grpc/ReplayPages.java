package io.staddle.server.grpc;

import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.codec.ReplayCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.query.ReplayStatus;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.api.v1.ReplayStatusRequest;
import io.staddle.server.config.Limits;
import io.staddle.statemachine.query.ReplayQueries;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What replay queues hold and how they stand.
final class ReplayPages {
    private static final int BYTES_DEFAULT = 1 << 20;
    private static final int BYTES_MAX = 2 << 20;

    private ReplayPages() {}

    static Reads.Request<PeekReplayAnswer> peek(PeekReplayRequest request, Limits limits) {
        ClusterId target = new ClusterId(request.getTarget());
        int limit = PageBounds.rows("limit", request.getLimit(), limits);
        int bytes = PageBounds.fixed("max_bytes", request.getMaxBytes(), BYTES_DEFAULT, BYTES_MAX);
        long after = Math.max(0, request.getAfterSeq());
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) ->
                        new ReplayQueries(view)
                                .peek(target, after, limit, bytes)
                                .map(ReplayPages::encode)
                                .orElseGet(() ->
                                        PeekReplayAnswer.newBuilder().setRefusal(none(target)))
                                .setHeader(header)
                                .build());
    }

    static Reads.Request<ReplayStatusAnswer> status(
            ReplayStatusRequest request, InstantSource clock) {
        Optional<ClusterId> target =
                request.getTarget().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ClusterId(request.getTarget()));
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) -> status(target, view, clock).setHeader(header).build());
    }

    private static PeekReplayAnswer.Builder encode(ReplayPage page) {
        PeekReplayAnswer.Builder answer =
                PeekReplayAnswer.newBuilder().setQueue(ReplayCodec.encode(page.queue()));
        page.entries().forEach(entry -> answer.addEntries(ReplayCodec.encode(entry)));
        return answer;
    }

    private static ReplayStatusAnswer.Builder status(
            Optional<ClusterId> target, View view, InstantSource clock) {
        ReplayQueries queries = new ReplayQueries(view);
        ReplayStatusAnswer.Builder answer = ReplayStatusAnswer.newBuilder();
        List<ReplayStatus> found =
                target.map(each -> queries.status(each).stream().toList()).orElseGet(queries::all);
        if (found.isEmpty() && target.isPresent()) {
            return answer.setRefusal(none(target.get()));
        }
        long now = clock.millis();
        found.forEach(status -> answer.addQueues(ReplayCodec.encode(status.at(now))));
        return answer;
    }

    private static io.staddle.api.v1.Refusal none(ClusterId target) {
        return RefusalCodec.encode(new Refusal.NotFound("cluster", target.value()));
    }
}
