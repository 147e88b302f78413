package io.staddle.api.codec;

import io.staddle.api.event.ReplayEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.ReplayAcknowledged;
import io.staddle.api.v1.ReplayAppended;
import io.staddle.api.v1.ReplayBuffered;
import io.staddle.api.v1.ReplayQueued;
import io.staddle.api.v1.ReplaySettled;
import io.staddle.api.v1.ReplayTruncated;
import io.staddle.api.v1.Replayed;

/// Codec of what happened to replay queues.
final class ReplayEventCodec {
    private ReplayEventCodec() {}

    static void encode(ReplayEvent event, EventBody.Builder to) {
        String target = event.target().value();
        switch (event) {
            case ReplayEvent.Queued e ->
                    to.getReplayQueuedBuilder()
                            .setTarget(target)
                            .addAllEntries(e.entries().stream().map(ReplayCodec::encode).toList())
                            .addAllOrigins(e.origins().stream().map(ReplayCodec::encode).toList());
            case ReplayEvent.Buffered e ->
                    to.getReplayBufferedBuilder().setTarget(target).setFirstSeq(e.firstSeq());
            case ReplayEvent.Appended e ->
                    to.getReplayAppendedBuilder()
                            .setTarget(target)
                            .setFirstSeq(e.firstSeq())
                            .setLastSeq(e.lastSeq())
                            .setBytes(e.bytes());
            case ReplayEvent.Acknowledged e ->
                    to.getReplayAcknowledgedBuilder()
                            .setTarget(target)
                            .setThroughSeq(e.throughSeq())
                            .setEntries(e.entries())
                            .setBytes(e.bytes())
                            .setConsumer(e.consumer().value());
            case ReplayEvent.Replayed e ->
                    to.getReplayedBuilder().setTarget(target).setEntries(e.entries());
            case ReplayEvent.Truncated e ->
                    to.getReplayTruncatedBuilder()
                            .setTarget(target)
                            .setThroughSeq(e.throughSeq())
                            .setEntries(e.entries())
                            .setBytes(e.bytes())
                            .setReason(e.reason());
            case ReplayEvent.Settled e ->
                    to.getReplaySettledBuilder()
                            .setTarget(target)
                            .setOriginCluster(e.origin().value())
                            .setThrough(e.through());
        }
    }

    static ReplayEvent decode(ReplayQueued e) {
        return new ReplayEvent.Queued(
                new ClusterId(e.getTarget()),
                e.getEntriesList().stream().map(ReplayCodec::decode).toList(),
                e.getOriginsList().stream().map(ReplayCodec::decode).toList());
    }

    static ReplayEvent decode(ReplayBuffered e) {
        return new ReplayEvent.Buffered(new ClusterId(e.getTarget()), e.getFirstSeq());
    }

    static ReplayEvent decode(ReplayAppended e) {
        return new ReplayEvent.Appended(
                new ClusterId(e.getTarget()), e.getFirstSeq(), e.getLastSeq(), e.getBytes());
    }

    static ReplayEvent decode(ReplayAcknowledged e) {
        return new ReplayEvent.Acknowledged(
                new ClusterId(e.getTarget()),
                e.getThroughSeq(),
                e.getEntries(),
                e.getBytes(),
                new ConsumerId(e.getConsumer()));
    }

    static ReplayEvent decode(Replayed e) {
        return new ReplayEvent.Replayed(new ClusterId(e.getTarget()), e.getEntries());
    }

    static ReplayEvent decode(ReplayTruncated e) {
        return new ReplayEvent.Truncated(
                new ClusterId(e.getTarget()),
                e.getThroughSeq(),
                e.getEntries(),
                e.getBytes(),
                e.getReason());
    }

    static ReplayEvent decode(ReplaySettled e) {
        return new ReplayEvent.Settled(
                new ClusterId(e.getTarget()), new ClusterId(e.getOriginCluster()), e.getThrough());
    }
}
