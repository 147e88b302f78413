package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.WriteFate;
import io.staddle.api.query.ReplayStatus;

import java.util.Optional;

/// Codec of what replay queues hold. Values are shared between records and messages, not copied.
///
/// Every `decode…` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class ReplayCodec {
    private ReplayCodec() {}

    /// Encodes a write.
    public static io.staddle.api.v1.ReplayWrite encode(ReplayWrite write) {
        return io.staddle.api.v1.ReplayWrite.newBuilder()
                .setOriginCluster(write.id().origin().value())
                .setOriginSeq(write.id().seq())
                .setKey(write.key().value())
                .setValue(write.value())
                .build();
    }

    /// Decodes a write.
    public static ReplayWrite decode(io.staddle.api.v1.ReplayWrite write) {
        return new ReplayWrite(
                new WriteId(new ClusterId(write.getOriginCluster()), write.getOriginSeq()),
                new ReplayKey(write.getKey()),
                write.getValue());
    }

    /// Encodes an entry.
    public static io.staddle.api.v1.ReplayEntry encode(ReplayEntry entry) {
        return io.staddle.api.v1.ReplayEntry.newBuilder()
                .setSeq(entry.seq())
                .setWrite(encode(entry.write()))
                .setAtMillis(entry.atMillis())
                .build();
    }

    /// Decodes an entry.
    public static ReplayEntry decode(io.staddle.api.v1.ReplayEntry entry) {
        return new ReplayEntry(entry.getSeq(), decode(entry.getWrite()), entry.getAtMillis());
    }

    /// Encodes a queue.
    public static io.staddle.api.v1.ReplayQueue encode(ReplayQueue queue) {
        io.staddle.api.v1.ReplayQueue.Builder encoded =
                io.staddle.api.v1.ReplayQueue.newBuilder()
                        .setTarget(queue.target().value())
                        .setNextSeq(queue.nextSeq())
                        .setAckedSeq(queue.ackedSeq())
                        .setEntries(queue.entries())
                        .setBytes(queue.bytes())
                        .setTotalBytes(queue.totalBytes())
                        .setBacklogSeq(queue.backlogSeq());
        queue.lastAck()
                .ifPresent(last ->
                        encoded.setLastAckBy(last.by().value()).setLastAckMillis(last.atMillis()));
        return encoded.build();
    }

    /// Decodes a queue.
    public static ReplayQueue decode(io.staddle.api.v1.ReplayQueue queue) {
        Optional<ReplayQueue.Acknowledged> lastAck =
                queue.getLastAckBy().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new ReplayQueue.Acknowledged(
                                        new ConsumerId(queue.getLastAckBy()),
                                        queue.getLastAckMillis()));
        return new ReplayQueue(
                new ClusterId(queue.getTarget()),
                queue.getNextSeq(),
                queue.getAckedSeq(),
                queue.getTotalBytes(),
                queue.getTotalBytes() - queue.getBytes(),
                queue.getBacklogSeq(),
                lastAck);
    }

    /// Encodes what a queue knows of an origin.
    public static io.staddle.api.v1.ReplayOrigin encode(ReplayOrigin origin) {
        io.staddle.api.v1.ReplayOrigin.Builder encoded =
                io.staddle.api.v1.ReplayOrigin.newBuilder()
                        .setOriginCluster(origin.origin().value())
                        .setHighest(origin.highest())
                        .setSettled(origin.settled());
        origin.gaps().forEach(gap -> encoded.addGapsBuilder().setFrom(gap.from()).setTo(gap.to()));
        return encoded.build();
    }

    /// Decodes what a queue knows of an origin.
    public static ReplayOrigin decode(io.staddle.api.v1.ReplayOrigin origin) {
        return new ReplayOrigin(
                new ClusterId(origin.getOriginCluster()),
                origin.getHighest(),
                origin.getSettled(),
                origin.getGapsList().stream()
                        .map(gap -> new ReplayOrigin.Gap(gap.getFrom(), gap.getTo()))
                        .toList());
    }

    /// Encodes a status.
    public static io.staddle.api.v1.ReplayStatus encode(ReplayStatus status) {
        io.staddle.api.v1.ReplayStatus.Builder encoded =
                io.staddle.api.v1.ReplayStatus.newBuilder()
                        .setQueue(encode(status.queue()))
                        .setOldestMillis(status.oldestMillis())
                        .setOldestAgeMillis(status.oldestAgeMillis());
        status.origins().forEach(origin -> encoded.addOrigins(encode(origin)));
        return encoded.build();
    }

    /// Decodes a status.
    public static ReplayStatus decode(io.staddle.api.v1.ReplayStatus status) {
        return new ReplayStatus(
                decode(status.getQueue()),
                status.getOldestMillis(),
                status.getOldestAgeMillis(),
                status.getOriginsList().stream().map(ReplayCodec::decode).toList());
    }

    static io.staddle.api.v1.WriteFate encode(WriteFate fate) {
        io.staddle.api.v1.WriteFate.Builder encoded = io.staddle.api.v1.WriteFate.newBuilder();
        switch (fate) {
            case WriteFate.Appended(var seq) ->
                    encoded.setKind(io.staddle.api.v1.WriteFate.Kind.KIND_APPENDED).setSeq(seq);
            case WriteFate.Known same ->
                    encoded.setKind(io.staddle.api.v1.WriteFate.Kind.KIND_KNOWN);
            case WriteFate.Settled same ->
                    encoded.setKind(io.staddle.api.v1.WriteFate.Kind.KIND_SETTLED);
        }
        return encoded.build();
    }

    static WriteFate decode(io.staddle.api.v1.WriteFate fate) {
        return switch (fate.getKind()) {
            case KIND_APPENDED -> new WriteFate.Appended(fate.getSeq());
            case KIND_KNOWN -> new WriteFate.Known();
            case KIND_SETTLED -> new WriteFate.Settled();
            case KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("fate of a write", "a known one", "none or a newer one");
        };
    }
}
