package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
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
        return new OwnershipParts(
                        ModelCodec.decode(encoded.getGrain()),
                        encoded.getState(),
                        encoded.getOwner(),
                        encoded.getEpoch(),
                        encoded.getFence(),
                        encoded.getSince().getIndex(),
                        encoded.getSince().getOrdinal(),
                        encoded.getSinceMillis(),
                        encoded.getLeaseUntilMillis(),
                        encoded.getHolding())
                .toOwnership(ClusterId::new);
    }

    private static void setSince(io.staddle.api.v1.Ownership.Builder encoded, Since since) {
        encoded.setSince(ModelCodec.encode(since.revision())).setSinceMillis(since.atMillis());
    }
}
