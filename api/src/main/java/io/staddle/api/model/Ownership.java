package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;

import java.util.Optional;

/// Who owns a grain, at one revision.
public sealed interface Ownership {
    /// The grain it is about.
    GrainId grain();

    /// The current epoch of the grain, owned or not.
    Epoch epoch();

    /// Returns the owner; empty unless [Owned].
    default Optional<ClusterId> owner() {
        return this instanceof Owned owned ? Optional.of(owned.by()) : Optional.empty();
    }

    /// Tells whether `holder` owns the grain in `held`: the fence check.
    default boolean isHeldBy(ClusterId holder, Epoch held) {
        return this instanceof Owned owned
                && owned.by().equals(holder)
                && owned.epoch().equals(held);
    }

    /// Nobody owns the grain, and nothing is kept of former owners.
    ///
    /// @param epoch the floor of the grain's type: the next owner gets a higher one
    record Unowned(GrainId grain, Epoch epoch) implements Ownership {}

    /// `by` owns the grain.
    ///
    /// @param fence the owner's fence at this revision
    /// @param since when the owner got it
    /// @param leaseUntilMillis logical time; 0 for no lease
    /// @param holding the holding that it is in
    record Owned(
            GrainId grain,
            ClusterId by,
            Epoch epoch,
            Fence fence,
            Since since,
            long leaseUntilMillis,
            HoldingId holding)
            implements Ownership {}

    /// The owner failed and no cluster may take over: nobody passes a fence check.
    record Stranded(
            GrainId grain, ClusterId formerOwner, Epoch epoch, Since since, HoldingId holding)
            implements Ownership {}

    /// The last owner let go of it; the epoch is kept.
    record Released(GrainId grain, ClusterId lastOwner, Epoch epoch, Since since)
            implements Ownership {}
}
