package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Since;
import io.staddle.api.query.HoldingCount;

import java.util.Optional;

/// Codec of holdings and of what moves them.
public final class MoveCodec {
    private MoveCodec() {}

    /// Encodes a move.
    public static io.staddle.api.v1.Move encode(Move move) {
        io.staddle.api.v1.Move.Builder encoded =
                io.staddle.api.v1.Move.newBuilder()
                        .setId(move.id().value())
                        .setKind(encode(move.kind()))
                        .setCluster(move.cluster().value())
                        .setFence(move.fence().value())
                        .addAllHoldings(move.holdings().stream().map(MoveCodec::encode).toList())
                        .setGrainsMoved(move.grainsMoved())
                        .setGrainsStranded(move.grainsStranded())
                        .setRevision(ModelCodec.encode(move.at().revision()))
                        .setAtMillis(move.at().atMillis());
        move.demotion().ifPresent(demotion -> encoded.setDemotion(DemotionCodec.encode(demotion)));
        return encoded.build();
    }

    /// Decodes a move.
    public static Move decode(io.staddle.api.v1.Move move) {
        return new Move(
                new MoveId(move.getId()),
                decode(move.getKind()),
                new ClusterId(move.getCluster()),
                new Fence(move.getFence()),
                move.hasDemotion()
                        ? Optional.of(DemotionCodec.decode(move.getDemotion()))
                        : Optional.empty(),
                move.getHoldingsList().stream().map(MoveCodec::decode).toList(),
                ModelCodec.since(move.getRevision(), move.getAtMillis()));
    }

    /// Encodes the kind of a move.
    public static io.staddle.api.v1.MoveKind encode(MoveKind kind) {
        return switch (kind) {
            case FAILOVER -> io.staddle.api.v1.MoveKind.MOVE_KIND_FAILOVER;
            case FAIL_BACK -> io.staddle.api.v1.MoveKind.MOVE_KIND_FAIL_BACK;
            case EVACUATION -> io.staddle.api.v1.MoveKind.MOVE_KIND_EVACUATION;
            case RESCUE -> io.staddle.api.v1.MoveKind.MOVE_KIND_RESCUE;
        };
    }

    /// Decodes the kind of a move.
    public static MoveKind decode(io.staddle.api.v1.MoveKind kind) {
        return switch (kind) {
            case MOVE_KIND_FAILOVER -> MoveKind.FAILOVER;
            case MOVE_KIND_FAIL_BACK -> MoveKind.FAIL_BACK;
            case MOVE_KIND_EVACUATION -> MoveKind.EVACUATION;
            case MOVE_KIND_RESCUE -> MoveKind.RESCUE;
            case MOVE_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("kind of move", "a known kind", "none or a newer one");
        };
    }

    /// Encodes a holding and how many grains are in it.
    public static io.staddle.api.v1.Holding encode(HoldingCount count) {
        Holding holding = count.holding();
        io.staddle.api.v1.Holding.Builder encoded =
                io.staddle.api.v1.Holding.newBuilder()
                        .setId(holding.id().value())
                        .setCluster(holding.cluster().value())
                        .setFence(holding.fence().value())
                        .setType(holding.type().name())
                        .setShift(holding.shift())
                        .setGrains(count.grains())
                        .setSince(ModelCodec.encode(holding.since().revision()))
                        .setSinceMillis(holding.since().atMillis());
        switch (holding.holder()) {
            case Holder.Owner(var owner) -> encoded.setOwner(owner.value());
            case Holder.Stranded(var former) -> encoded.setFormerOwner(former.value());
        }
        return encoded.build();
    }

    /// Decodes a holding and how many grains are in it.
    public static HoldingCount decode(io.staddle.api.v1.Holding encoded) {
        Holding holding =
                new Holding(
                        new HoldingId(encoded.getId()),
                        new ClusterId(encoded.getCluster()),
                        new Fence(encoded.getFence()),
                        new GrainType(encoded.getType()),
                        holder(encoded.getOwner(), encoded.getFormerOwner()),
                        encoded.getShift(),
                        ModelCodec.since(encoded.getSince(), encoded.getSinceMillis()));
        return new HoldingCount(holding, encoded.getGrains());
    }

    static Holder holder(String owner, String formerOwner) {
        return owner.isEmpty()
                ? new Holder.Stranded(new ClusterId(formerOwner))
                : new Holder.Owner(new ClusterId(owner));
    }

    private static io.staddle.api.v1.HoldingMove encode(HoldingMove move) {
        io.staddle.api.v1.HoldingMove.Builder encoded =
                io.staddle.api.v1.HoldingMove.newBuilder()
                        .setHolding(move.holding().value())
                        .setType(move.type().name())
                        .setFrom(move.from().value())
                        .setGrains(move.grains());
        switch (move.fate()) {
            case Fate.To(var owner) ->
                    encoded.setFate(io.staddle.api.v1.HoldingMove.Fate.FATE_MOVED)
                            .setTo(owner.value());
            case Fate.Stranded(var why) ->
                    encoded.setFate(io.staddle.api.v1.HoldingMove.Fate.FATE_STRANDED)
                            .setObstacle(ObstacleCodec.encode(why));
            case Fate.Kept(var why) ->
                    encoded.setFate(io.staddle.api.v1.HoldingMove.Fate.FATE_KEPT)
                            .setObstacle(ObstacleCodec.encode(why));
        }
        return encoded.build();
    }

    private static HoldingMove decode(io.staddle.api.v1.HoldingMove encoded) {
        return new HoldingMove(
                new HoldingId(encoded.getHolding()),
                new GrainType(encoded.getType()),
                new ClusterId(encoded.getFrom()),
                fate(encoded),
                encoded.getGrains());
    }

    private static Fate fate(io.staddle.api.v1.HoldingMove encoded) {
        return switch (encoded.getFate()) {
            case FATE_MOVED -> new Fate.To(new ClusterId(encoded.getTo()));
            case FATE_STRANDED -> new Fate.Stranded(ObstacleCodec.decode(encoded.getObstacle()));
            case FATE_KEPT -> new Fate.Kept(ObstacleCodec.decode(encoded.getObstacle()));
            case FATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("fate", "a known fate", "none or a newer one");
        };
    }

    /// Encodes a grain in a holding.
    public static io.staddle.api.v1.HeldGrain encode(HeldGrain held) {
        return io.staddle.api.v1.HeldGrain.newBuilder()
                .setGrain(ModelCodec.encode(held.grain()))
                .setEpoch(held.epoch().value())
                .setShift(held.shift())
                .setSince(ModelCodec.encode(held.since().revision()))
                .setSinceMillis(held.since().atMillis())
                .setLeaseUntilMillis(held.leaseUntilMillis())
                .build();
    }

    /// Decodes a grain in a holding.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static HeldGrain decode(io.staddle.api.v1.HeldGrain held) {
        return new HeldGrain(
                ModelCodec.decode(held.getGrain()),
                new Epoch(held.getEpoch()),
                held.getShift(),
                new Since(ModelCodec.decode(held.getSince()), held.getSinceMillis()),
                held.getLeaseUntilMillis());
    }
}
