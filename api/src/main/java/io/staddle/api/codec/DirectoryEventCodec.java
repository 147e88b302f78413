package io.staddle.api.codec;

import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.GrantCause;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.FloorRaised;
import io.staddle.api.v1.GrainReleased;
import io.staddle.api.v1.Granted;
import io.staddle.api.v1.HoldingClosed;
import io.staddle.api.v1.HoldingMoved;
import io.staddle.api.v1.HoldingOpened;
import io.staddle.api.v1.LeaseForgotten;
import io.staddle.api.v1.LeaseRenewed;
import io.staddle.api.v1.PlacementSet;
import io.staddle.api.v1.TombstonePurged;

/// Codec of what happened to grains and holdings.
final class DirectoryEventCodec {
    private DirectoryEventCodec() {}

    static void encode(DirectoryEvent event, EventBody.Builder to) {
        switch (event) {
            case DirectoryEvent.HoldingOpened e -> to.setHoldingOpened(encode(e));
            case DirectoryEvent.Granted e -> to.setGranted(encode(e));
            case DirectoryEvent.Released e -> to.setGrainReleased(encode(e));
            case DirectoryEvent.HoldingMoved e -> to.setHoldingMoved(encode(e));
            case DirectoryEvent.LeaseRenewed(var grain, var epoch, var until) ->
                    to.getLeaseRenewedBuilder()
                            .setGrain(ModelCodec.encode(grain))
                            .setEpoch(epoch.value())
                            .setLeaseUntilMillis(until);
            case DirectoryEvent.LeaseForgotten(var grain, var until) ->
                    to.getLeaseForgottenBuilder()
                            .setGrain(ModelCodec.encode(grain))
                            .setLeaseUntilMillis(until);
            case DirectoryEvent.HoldingClosed(var holding) ->
                    to.getHoldingClosedBuilder().setHolding(holding.value());
            case DirectoryEvent.PlacementSet(var placement) ->
                    to.getPlacementSetBuilder().setPlacement(ModelCodec.encode(placement));
            case DirectoryEvent.FloorRaised(var type, var epoch) ->
                    to.getFloorRaisedBuilder().setType(type.name()).setEpoch(epoch.value());
            case DirectoryEvent.TombstonePurged(var grain, var epoch) ->
                    to.getTombstonePurgedBuilder()
                            .setGrain(ModelCodec.encode(grain))
                            .setEpoch(epoch.value());
        }
    }

    static DirectoryEvent decode(HoldingOpened e) {
        return new DirectoryEvent.HoldingOpened(
                ModelCodec.holding(e.getHolding()),
                new ClusterId(e.getCluster()),
                new Fence(e.getFence()),
                new GrainType(e.getType()));
    }

    static DirectoryEvent decode(Granted e) {
        return new DirectoryEvent.Granted(
                ModelCodec.decode(e.getGrain()),
                new ClusterId(e.getOwner()),
                new Epoch(e.getEpoch()),
                ModelCodec.holding(e.getHolding()),
                e.getLeaseUntilMillis(),
                cause(e.getCause()),
                BeforeCodec.decode(e));
    }

    static DirectoryEvent decode(GrainReleased e) {
        return new DirectoryEvent.Released(
                ModelCodec.decode(e.getGrain()),
                new ClusterId(e.getLastOwner()),
                new Epoch(e.getEpoch()),
                cause(e));
    }

    private static ReleaseCause cause(GrainReleased e) {
        if (e.getImported()) {
            return ReleaseCause.IMPORTED;
        }
        return e.getExpired() ? ReleaseCause.EXPIRED : ReleaseCause.RELEASED;
    }

    static DirectoryEvent decode(FloorRaised e) {
        return new DirectoryEvent.FloorRaised(new GrainType(e.getType()), new Epoch(e.getEpoch()));
    }

    static DirectoryEvent decode(LeaseRenewed e) {
        return new DirectoryEvent.LeaseRenewed(
                ModelCodec.decode(e.getGrain()), new Epoch(e.getEpoch()), e.getLeaseUntilMillis());
    }

    static DirectoryEvent decode(LeaseForgotten e) {
        return new DirectoryEvent.LeaseForgotten(
                ModelCodec.decode(e.getGrain()), e.getLeaseUntilMillis());
    }

    static DirectoryEvent decode(HoldingMoved e) {
        ClusterId from = new ClusterId(e.getFrom());
        return new DirectoryEvent.HoldingMoved(
                ModelCodec.holding(e.getHolding()),
                new GrainType(e.getType()),
                from,
                MoveCodec.holder(e.getTo(), e.getFrom()),
                e.getShift(),
                e.getGrains(),
                MoveCodec.decode(e.getKind()),
                new MoveId(e.getMoveId()));
    }

    static DirectoryEvent decode(HoldingClosed e) {
        return new DirectoryEvent.HoldingClosed(ModelCodec.holding(e.getHolding()));
    }

    static DirectoryEvent decode(PlacementSet e) {
        return new DirectoryEvent.PlacementSet(ModelCodec.decode(e.getPlacement()));
    }

    static DirectoryEvent decode(TombstonePurged e) {
        return new DirectoryEvent.TombstonePurged(
                ModelCodec.decode(e.getGrain()), new Epoch(e.getEpoch()));
    }

    private static HoldingOpened encode(DirectoryEvent.HoldingOpened e) {
        return HoldingOpened.newBuilder()
                .setHolding(e.holding().value())
                .setCluster(e.cluster().value())
                .setFence(e.fence().value())
                .setType(e.type().name())
                .build();
    }

    private static Granted encode(DirectoryEvent.Granted e) {
        Granted.Builder granted =
                Granted.newBuilder()
                        .setGrain(ModelCodec.encode(e.grain()))
                        .setOwner(e.owner().value())
                        .setEpoch(e.epoch().value())
                        .setHolding(e.holding().value())
                        .setLeaseUntilMillis(e.leaseUntilMillis())
                        .setCause(cause(e.cause()));
        BeforeCodec.encode(e.before(), granted);
        return granted.build();
    }

    private static GrainReleased encode(DirectoryEvent.Released e) {
        return GrainReleased.newBuilder()
                .setGrain(ModelCodec.encode(e.grain()))
                .setLastOwner(e.lastOwner().value())
                .setEpoch(e.epoch().value())
                .setExpired(e.cause() == ReleaseCause.EXPIRED)
                .setImported(e.cause() == ReleaseCause.IMPORTED)
                .build();
    }

    private static HoldingMoved encode(DirectoryEvent.HoldingMoved e) {
        HoldingMoved.Builder encoded =
                HoldingMoved.newBuilder()
                        .setHolding(e.holding().value())
                        .setType(e.type().name())
                        .setFrom(e.from().value())
                        .setShift(e.shift())
                        .setGrains(e.grains())
                        .setKind(MoveCodec.encode(e.kind()))
                        .setMoveId(e.move().value());
        if (e.to() instanceof Holder.Owner(var owner)) {
            encoded.setTo(owner.value());
        }
        return encoded.build();
    }

    private static io.staddle.api.v1.GrantCause cause(GrantCause cause) {
        return switch (cause) {
            case ACQUIRED -> io.staddle.api.v1.GrantCause.GRANT_CAUSE_ACQUIRED;
            case CLAIMED -> io.staddle.api.v1.GrantCause.GRANT_CAUSE_CLAIMED;
            case PROMOTED -> io.staddle.api.v1.GrantCause.GRANT_CAUSE_PROMOTED;
            case REASSIGNED -> io.staddle.api.v1.GrantCause.GRANT_CAUSE_REASSIGNED;
            case IMPORTED -> io.staddle.api.v1.GrantCause.GRANT_CAUSE_IMPORTED;
        };
    }

    private static GrantCause cause(io.staddle.api.v1.GrantCause cause) {
        return switch (cause) {
            case GRANT_CAUSE_ACQUIRED -> GrantCause.ACQUIRED;
            case GRANT_CAUSE_CLAIMED -> GrantCause.CLAIMED;
            case GRANT_CAUSE_PROMOTED -> GrantCause.PROMOTED;
            case GRANT_CAUSE_REASSIGNED -> GrantCause.REASSIGNED;
            case GRANT_CAUSE_IMPORTED -> GrantCause.IMPORTED;
            case GRANT_CAUSE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("cause", "a known cause", "none or a newer one");
        };
    }
}
