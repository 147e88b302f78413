package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Holding.Holder;

import java.util.function.Function;

/// A grain in a holding, as it was last written. Whose it is depends on what became of the holding:
///
/// ```
/// owner = holding.owner        epoch = grain.epoch + (holding.shift - grain.shift)
/// ```
///
/// This is what makes a failover one log entry: the holding changes, the rows in it do not. Servers
/// and clients resolve it here, and nowhere else.
///
/// @param epoch when it was written
/// @param shift of the holding when it was written
/// @param since when its owner of then got it
/// @param leaseUntilMillis logical time; 0 for no lease
public record HeldGrain(
        GrainId grain, Epoch epoch, long shift, Since since, long leaseUntilMillis) {
    /// Returns the epoch of the grain when its holding is at `holdingShift`.
    public Epoch epochAt(long holdingShift) {
        return epoch.shifted(holdingShift - shift);
    }

    /// Returns whose it is.
    ///
    /// @param holding the one that it is in, as it is then
    /// @param fences the fence of a cluster then
    public Ownership in(Holding holding, Function<ClusterId, Fence> fences) {
        boolean moved = holding.shift() != shift;
        Epoch now = epochAt(holding.shift());
        Since sinceThen = moved ? holding.since() : since;
        return switch (holding.holder()) {
            case Holder.Stranded(var former) ->
                    new Ownership.Stranded(grain, former, now, sinceThen, holding.id());
            case Holder.Owner(var owner) ->
                    new Ownership.Owned(
                            grain,
                            owner,
                            now,
                            fences.apply(owner),
                            sinceThen,
                            // A lease ends with the epoch that it was given for.
                            moved ? 0 : leaseUntilMillis,
                            holding.id());
        };
    }
}
