package io.staddle.client;

import io.staddle.api.codec.ReplayCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.query.ReplayStatus;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.api.v1.ReplayStatusRequest;

import java.util.List;

/// Codec of the queries about replay queues. What a queue was refused is thrown.
final class ReplayCalls {
    private ReplayCalls() {}

    static PeekReplayRequest peek(ClusterId target, long afterSeq, int limit, int maxBytes) {
        return PeekReplayRequest.newBuilder()
                .setTarget(target.value())
                .setAfterSeq(afterSeq)
                .setLimit(limit)
                .setMaxBytes(maxBytes)
                .build();
    }

    static ReplayStatusRequest status(String target, Consistency consistency) {
        return ReplayStatusRequest.newBuilder()
                .setTarget(target)
                .setConsistency(Requests.consistency(consistency))
                .build();
    }

    static ReplayPage page(PeekReplayAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return new ReplayPage(
                ReplayCodec.decode(answer.getQueue()),
                answer.getEntriesList().stream().map(ReplayCodec::decode).toList());
    }

    static List<ReplayStatus> statuses(ReplayStatusAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return answer.getQueuesList().stream().map(ReplayCodec::decode).toList();
    }
}
