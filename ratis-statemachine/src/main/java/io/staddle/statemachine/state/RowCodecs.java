package io.staddle.statemachine.state;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.staddle.api.codec.AccessCodec;
import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.HealthCodec;
import io.staddle.api.codec.MemberCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Identity;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.Move;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.model.Since;
import io.staddle.api.query.HoldingCount;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.statemachine.v1.ConfigRow;
import io.staddle.storage.Codec;
import io.staddle.storage.CorruptDataException;

import java.util.function.Function;

/// Codecs of the rows: protobuf, so that a newer version can add fields.
final class RowCodecs {
    static final Codec<GrainRow> GRAIN =
            of(RowCodecs::grain, io.staddle.statemachine.v1.GrainRow.parser(), RowCodecs::grain);

    static final Codec<Holding> HOLDING =
            of(
                    holding -> MoveCodec.encode(new HoldingCount(holding, 0)),
                    io.staddle.api.v1.Holding.parser(),
                    encoded -> MoveCodec.decode(encoded).holding());

    static final Codec<Placement> PLACEMENT =
            of(ModelCodec::encode, io.staddle.api.v1.Placement.parser(), ModelCodec::decode);

    static final Codec<ClusterRecord> CLUSTER =
            of(ClusterCodec::encode, io.staddle.api.v1.Cluster.parser(), ClusterCodec::decode);

    static final Codec<Primacy> PRIMACY =
            of(HealthCodec::encode, io.staddle.api.v1.Primacy.parser(), HealthCodec::decode);

    static final Codec<Pause> PAUSE =
            of(HealthCodec::encode, io.staddle.api.v1.Pause.parser(), HealthCodec::decode);

    static final Codec<Move> MOVE =
            of(MoveCodec::encode, io.staddle.api.v1.Move.parser(), MoveCodec::decode);

    static final Codec<Config> CONFIG =
            of(ConfigRows::encode, ConfigRow.parser(), ConfigRows::decode);

    static final Codec<ServerRecord> SERVER =
            of(
                    server ->
                            io.staddle.api.v1.ServerRecord.newBuilder()
                                    .setServer(server.id().value())
                                    .setIncarnation(server.incarnation())
                                    .build(),
                    io.staddle.api.v1.ServerRecord.parser(),
                    server ->
                            new ServerRecord(
                                    new ServerId(server.getServer()), server.getIncarnation()));

    static final Codec<MemberRecord> MEMBER =
            of(MemberCodec::encode, io.staddle.api.v1.MemberRecord.parser(), MemberCodec::decode);

    static final Codec<Identity> IDENTITY =
            of(AccessCodec::encode, io.staddle.api.v1.Identity.parser(), AccessCodec::decode);

    private RowCodecs() {}

    /// Makes a codec of a protobuf message and the way to it and back.
    static <T, M extends MessageLite> Codec<T> of(
            Function<T, M> encode, Parser<M> parser, Function<M, T> decode) {
        return new Codec<>() {
            @Override
            public byte[] encode(T value) {
                return encode.apply(value).toByteArray();
            }

            @Override
            public T decode(byte[] bytes) {
                try {
                    return decode.apply(parser.parseFrom(bytes));
                } catch (InvalidProtocolBufferException | MalformedException e) {
                    throw new CorruptDataException("a row cannot be read: " + e.getMessage(), e);
                }
            }
        };
    }

    private static io.staddle.statemachine.v1.GrainRow grain(GrainRow row) {
        io.staddle.statemachine.v1.GrainRow.Builder encoded =
                io.staddle.statemachine.v1.GrainRow.newBuilder()
                        .setEpoch(row.epoch().value())
                        .setSinceIndex(row.since().revision().index())
                        .setSinceOrdinal(row.since().revision().ordinal())
                        .setSinceMillis(row.since().atMillis());
        switch (row.place()) {
            case Place.InHolding(var holding, var shift, var leaseUntilMillis) ->
                    encoded.setHolding(holding.value())
                            .setShift(shift)
                            .setLeaseUntilMillis(leaseUntilMillis);
            case Place.Free(var lastOwner) -> encoded.setLastOwner(lastOwner.value());
        }
        return encoded.build();
    }

    private static GrainRow grain(io.staddle.statemachine.v1.GrainRow row) {
        Place place =
                row.getHolding() == 0
                        ? new Place.Free(new ClusterId(row.getLastOwner()))
                        : new Place.InHolding(
                                new HoldingId(row.getHolding()),
                                row.getShift(),
                                row.getLeaseUntilMillis());
        Revision since = new Revision(row.getSinceIndex(), row.getSinceOrdinal());
        return new GrainRow(
                place, new Epoch(row.getEpoch()), new Since(since, row.getSinceMillis()));
    }
}
