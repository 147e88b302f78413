package io.staddle.statemachine.state;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Who owns a grain now: the row of the grain and what became of its holding, together.
///
/// ```
/// owner = holding.owner        epoch = grain.epoch + (holding.shift - grain.shift)
/// ```
///
/// This is what makes a failover one log entry: the holding changes, the rows in it do not.
public final class Ownerships {
    private Ownerships() {}

    /// Returns who owns `grain`.
    public static Ownership of(GrainId grain, Reads view) {
        Optional<GrainRow> row = view.get(Schema.GRAINS, grain);
        return row.isPresent() ? of(grain, row.get(), view) : unowned(grain, view);
    }

    /// Returns who owns `grain`, whose row is `row`.
    public static Ownership of(GrainId grain, GrainRow row, Reads view) {
        return switch (row.place()) {
            case Place.Free(var lastOwner) ->
                    new Ownership.Released(grain, lastOwner, row.epoch(), row.since());
            case Place.InHolding place -> inHolding(grain, row, place, view);
        };
    }

    /// Returns the holding that a row refers to.
    public static Holding holding(Place.InHolding place, Reads view) {
        return view.get(Schema.HOLDINGS, place.holding())
                .orElseThrow(() ->
                        new CorruptDataException(
                                "a grain is in holding "
                                        + place.holding()
                                        + ", which does not exist"));
    }

    private static Ownership unowned(GrainId grain, Reads view) {
        return new Ownership.Unowned(
                grain, view.get(Schema.EPOCH_FLOORS, grain.type()).orElse(Epoch.NONE));
    }

    private static Ownership inHolding(
            GrainId grain, GrainRow row, Place.InHolding place, Reads view) {
        Holding holding = holding(place, view);
        long shift = holding.shift() - place.shift();
        Epoch epoch = row.epoch().shifted(shift);
        Since since = shift == 0 ? row.since() : holding.since();
        return switch (holding.holder()) {
            case Holder.Stranded(var former) ->
                    new Ownership.Stranded(grain, former, epoch, since, holding.id());
            case Holder.Owner(var owner) ->
                    new Ownership.Owned(
                            grain,
                            owner,
                            epoch,
                            view.get(Schema.CLUSTERS, owner)
                                    .map(ClusterRecord::fence)
                                    .orElse(Fence.NONE),
                            since,
                            // A lease ends with the epoch that it was given for.
                            shift == 0 ? place.leaseUntilMillis() : 0,
                            holding.id());
        };
    }
}
