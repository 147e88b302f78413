package io.staddle.api.event;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Holding;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Placement;

/// What happened to grains and holdings.
public sealed interface DirectoryEvent extends Event {
    /// A holding was opened for the grains that `cluster` claims from now on.
    record HoldingOpened(HoldingId holding, ClusterId cluster, Fence fence, GrainType type)
            implements DirectoryEvent {}

    /// A grain has a new owner.
    ///
    /// @param leaseUntilMillis logical time; 0 for no lease
    /// @param before whose it was
    record Granted(
            GrainId grain,
            ClusterId owner,
            Epoch epoch,
            HoldingId holding,
            long leaseUntilMillis,
            GrantCause cause,
            Before before)
            implements DirectoryEvent {
        /// Tells whether nothing was known of the grain before, if that is told.
        public boolean isCreation() {
            return before instanceof Before.Nothing;
        }
    }

    /// A grain has no owner any more.
    record Released(GrainId grain, ClusterId lastOwner, Epoch epoch, ReleaseCause cause)
            implements DirectoryEvent {}

    /// The end of a lease was put off.
    record LeaseRenewed(GrainId grain, Epoch epoch, long leaseUntilMillis)
            implements DirectoryEvent {}

    /// A lease ended with the ownership that it belonged to, and is forgotten.
    record LeaseForgotten(GrainId grain, long leaseUntilMillis) implements DirectoryEvent {}

    /// All grains of a holding have a new owner, or none, and a higher epoch.
    ///
    /// @param shift the holding's shift afterwards
    /// @param grains how many grains are in it
    record HoldingMoved(
            HoldingId holding,
            GrainType type,
            ClusterId from,
            Holding.Holder to,
            long shift,
            long grains,
            MoveKind kind,
            MoveId move)
            implements DirectoryEvent {}

    /// A holding without grains is forgotten.
    record HoldingClosed(HoldingId holding) implements DirectoryEvent {}

    /// Other clusters may own grains of a type.
    record PlacementSet(Placement placement) implements DirectoryEvent {}

    /// Grains of a type that are not known begin above a higher epoch.
    record FloorRaised(GrainType type, Epoch epoch) implements DirectoryEvent {}

    /// A grain that was released long ago is forgotten; its epoch is a floor for its type.
    record TombstonePurged(GrainId grain, Epoch epoch) implements DirectoryEvent {}
}
