package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.api.model.Ownership.Released;
import io.staddle.api.model.Ownership.Stranded;
import io.staddle.api.model.Ownership.Unowned;
import io.staddle.api.model.Since;

/// Codec of who owns a grain.
public final class OwnershipCodec {
    private OwnershipCodec() {}

    /// Encodes an ownership.
    public static io.staddle.api.v1.Ownership encode(Ownership ownership) {
        io.staddle.api.v1.Ownership.Builder encoded =
                io.staddle.api.v1.Ownership.newBuilder()
                        .setGrain(ModelCodec.encode(ownership.grain()))
                        .setEpoch(ownership.epoch().value());
        switch (ownership) {
            case Unowned unowned ->
                    encoded.setState(io.staddle.api.v1.Ownership.State.STATE_UNOWNED);
            case Owned owned -> {
                encoded.setState(io.staddle.api.v1.Ownership.State.STATE_OWNED);
                encoded.setOwner(owned.by().value());
                encoded.setFence(owned.fence().value());
                encoded.setLeaseUntilMillis(owned.leaseUntilMillis());
                encoded.setHolding(owned.holding().value());
                setSince(encoded, owned.since());
            }
            case Stranded stranded -> {
                encoded.setState(io.staddle.api.v1.Ownership.State.STATE_STRANDED);
                encoded.setOwner(stranded.formerOwner().value());
                encoded.setHolding(stranded.holding().value());
                setSince(encoded, stranded.since());
            }
            case Released released -> {
                encoded.setState(io.staddle.api.v1.Ownership.State.STATE_RELEASED);
                encoded.setOwner(released.lastOwner().value());
                setSince(encoded, released.since());
            }
        }
        return encoded.build();
    }

    /// Decodes an ownership.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Ownership decode(io.staddle.api.v1.Ownership encoded) {
        GrainId grain = ModelCodec.decode(encoded.getGrain());
        Epoch epoch = new Epoch(encoded.getEpoch());
        return switch (encoded.getState()) {
            case STATE_UNOWNED -> new Unowned(grain, epoch);
            case STATE_OWNED ->
                    new Owned(
                            grain,
                            new ClusterId(encoded.getOwner()),
                            epoch,
                            new Fence(encoded.getFence()),
                            since(encoded),
                            encoded.getLeaseUntilMillis(),
                            new HoldingId(encoded.getHolding()));
            case STATE_STRANDED ->
                    new Stranded(
                            grain,
                            new ClusterId(encoded.getOwner()),
                            epoch,
                            since(encoded),
                            new HoldingId(encoded.getHolding()));
            case STATE_RELEASED ->
                    new Released(grain, new ClusterId(encoded.getOwner()), epoch, since(encoded));
            case STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("ownership state", "a known state", "none or a newer one");
        };
    }

    private static void setSince(io.staddle.api.v1.Ownership.Builder encoded, Since since) {
        encoded.setSince(ModelCodec.encode(since.revision())).setSinceMillis(since.atMillis());
    }

    private static Since since(io.staddle.api.v1.Ownership encoded) {
        return ModelCodec.since(encoded.getSince(), encoded.getSinceMillis());
    }
}
