package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.api.model.Ownership.Released;
import io.staddle.api.model.Ownership.Stranded;
import io.staddle.api.model.Ownership.Unowned;
import io.staddle.api.model.Since;
import io.staddle.api.v1.Ownership.State;

/// Who owns a grain, as it travels; what has not come is as proto3 has it.
///
/// @param grain what it is about
/// @param state how it stands, which says what of the rest counts
/// @param owner the name of a cluster
record OwnershipParts(
        GrainId grain,
        State state,
        String owner,
        long epoch,
        long fence,
        long sinceIndex,
        int sinceOrdinal,
        long sinceMillis,
        long leaseUntilMillis,
        long holding) {

    /// Makes the name of a cluster.
    interface Clusters {
        ClusterId of(String name);
    }

    /// @throws io.staddle.api.id.MalformedException if it can never be right
    Ownership toOwnership(Clusters clusters) {
        Epoch now = new Epoch(epoch);
        return switch (state) {
            case STATE_UNOWNED -> new Unowned(grain, now);
            case STATE_OWNED ->
                    new Owned(
                            grain,
                            clusters.of(owner),
                            now,
                            new Fence(fence),
                            since(),
                            leaseUntilMillis,
                            new HoldingId(holding));
            case STATE_STRANDED ->
                    new Stranded(grain, clusters.of(owner), now, since(), new HoldingId(holding));
            case STATE_RELEASED -> new Released(grain, clusters.of(owner), now, since());
            case STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("ownership state", "a known state", "none or a newer one");
        };
    }

    private Since since() {
        return new Since(new Revision(sinceIndex, sinceOrdinal), sinceMillis);
    }
}
