package io.staddle.statemachine.state;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Ownership;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Who owns a grain now: the row of the grain and what became of its holding, together, by
/// [HeldGrain].
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
        return new Ownership.Unowned(grain, floor(grain.type(), view));
    }

    /// Returns the epoch above which grains of a type begin of which nothing is kept.
    public static Epoch floor(GrainType type, Reads view) {
        long floor = view.get(Schema.EPOCH_FLOORS, type).map(Epoch::value).orElse(0L);
        return new Epoch(Math.max(floor, Numbers.restoredAbove(view)));
    }

    private static Ownership inHolding(
            GrainId grain, GrainRow row, Place.InHolding place, Reads view) {
        return held(grain, row, place)
                .in(
                        holding(place, view),
                        owner ->
                                view.get(Schema.CLUSTERS, owner)
                                        .map(ClusterRecord::fence)
                                        .orElse(Fence.NONE));
    }

    /// Returns a grain that is in a holding as it was last written.
    public static HeldGrain held(GrainId grain, GrainRow row, Place.InHolding place) {
        return new HeldGrain(
                grain, row.epoch(), place.shift(), row.since(), place.leaseUntilMillis());
    }
}
