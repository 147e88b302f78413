package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;

import java.util.Optional;

/// All grains of one type that one cluster claimed within one of its fences.
///
/// A holding changes its owner as a whole, in one log entry: `shift` grows, and with it the epoch
/// of every grain in it, while no grain's row is touched.
///
/// @param cluster who claimed the grains in it
/// @param fence the fence of `cluster` when it was opened
/// @param shift how often it changed its owner
/// @param since when it got this holder
public record Holding(
        HoldingId id,
        ClusterId cluster,
        Fence fence,
        GrainType type,
        Holder holder,
        long shift,
        Since since) {

    /// Whose grains these are.
    public sealed interface Holder {
        /// A cluster owns them.
        record Owner(ClusterId cluster) implements Holder {}

        /// Nobody does, since `formerOwner` failed and no cluster may take over.
        record Stranded(ClusterId formerOwner) implements Holder {}
    }

    /// Returns the owner; empty if stranded.
    public Optional<ClusterId> owner() {
        return switch (holder) {
            case Holder.Owner(var owner) -> Optional.of(owner);
            case Holder.Stranded stranded -> Optional.empty();
        };
    }

    /// Tells whether `candidate` owns it.
    public boolean isOwnedBy(ClusterId candidate) {
        return holder instanceof Holder.Owner(var owner) && owner.equals(candidate);
    }

    /// Returns it with another holder, one shift on.
    public Holding movedTo(Holder next, Since at) {
        return new Holding(id, cluster, fence, type, next, shift + 1, at);
    }
}
