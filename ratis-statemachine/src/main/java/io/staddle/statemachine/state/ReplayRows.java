package io.staddle.statemachine.state;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;

import io.staddle.api.codec.ReplayCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.storage.Codec;
import io.staddle.storage.CorruptDataException;

import java.io.IOException;

/// Codecs of the rows of replay queues.
final class ReplayRows {
    static final Codec<ReplayQueue> QUEUE =
            RowCodecs.of(
                    ReplayCodec::encode,
                    io.staddle.api.v1.ReplayQueue.parser(),
                    ReplayCodec::decode);

    static final Codec<ReplayOrigin> ORIGIN =
            RowCodecs.of(
                    ReplayCodec::encode,
                    io.staddle.api.v1.ReplayOrigin.parser(),
                    ReplayCodec::decode);

    static final Codec<ReplayRow> ENTRY = new Entry();

    private ReplayRows() {}

    /// Values may be long: one that was read shares the bytes of its row.
    private static final class Entry implements Codec<ReplayRow> {
        @Override
        public byte[] encode(ReplayRow row) {
            return io.staddle.statemachine.v1.ReplayRow.newBuilder()
                    .setOriginCluster(row.write().id().origin().value())
                    .setOriginSeq(row.write().id().seq())
                    .setKey(row.write().key().value())
                    .setValue(row.write().value())
                    .setAtMillis(row.atMillis())
                    .setBytesThrough(row.bytesThrough())
                    .build()
                    .toByteArray();
        }

        @Override
        public ReplayRow decode(byte[] bytes) {
            CodedInputStream from = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            from.enableAliasing(true);
            try {
                return decode(io.staddle.statemachine.v1.ReplayRow.parseFrom(from));
            } catch (IOException | MalformedException e) {
                throw new CorruptDataException("a row cannot be read: " + e.getMessage(), e);
            }
        }

        private static ReplayRow decode(io.staddle.statemachine.v1.ReplayRow row) {
            WriteId id = new WriteId(new ClusterId(row.getOriginCluster()), row.getOriginSeq());
            return new ReplayRow(
                    new ReplayWrite(id, new ReplayKey(row.getKey()), row.getValue()),
                    row.getAtMillis(),
                    row.getBytesThrough());
        }
    }
}
