package io.staddle.statemachine.directory;

import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.Since;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.GrainCounts;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.statemachine.state.HoldingGrain;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.OpenHolding;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedGrain;
import io.staddle.storage.Batch;

import java.util.Optional;

/// Records what happened to grains and holdings. It never refuses.
public final class DirectoryProjection {
    private DirectoryProjection() {}

    /// Records one event.
    public static void record(DirectoryEvent event, Batch batch, Tick tick) {
        switch (event) {
            case DirectoryEvent.HoldingOpened opened -> opened(opened, batch, tick);
            case DirectoryEvent.Granted granted -> granted(granted, batch, tick);
            case DirectoryEvent.Released released -> released(released, batch, tick);
            case DirectoryEvent.LeaseRenewed renewed -> renewed(renewed, batch);
            case DirectoryEvent.LeaseForgotten(var grain, var until) ->
                    batch.remove(Schema.LEASE_ENDS, new TimedGrain(until, grain));
            case DirectoryEvent.HoldingMoved moved -> moved(moved, batch, tick);
            case DirectoryEvent.HoldingClosed(var holding) -> closed(holding, batch);
            case DirectoryEvent.PlacementSet(var placement) ->
                    batch.put(Schema.PLACEMENTS, placement.type(), placement);
            case DirectoryEvent.TombstonePurged(var grain, var epoch) ->
                    purged(grain, epoch, batch);
            case DirectoryEvent.FloorRaised(var type, var epoch) -> raiseFloor(type, epoch, batch);
        }
    }

    private static void opened(DirectoryEvent.HoldingOpened opened, Batch batch, Tick tick) {
        batch.put(Schema.NUMBERS, Numbers.LAST_HOLDING, opened.holding().value());
        batch.insert(
                Schema.HOLDINGS,
                opened.holding(),
                new Holding(
                        opened.holding(),
                        opened.cluster(),
                        opened.fence(),
                        opened.type(),
                        new Holder.Owner(opened.cluster()),
                        0,
                        tick.since()));
        batch.insert(
                Schema.OPEN_HOLDINGS,
                new OpenHolding(opened.cluster(), opened.type()),
                opened.holding());
    }

    private static void granted(DirectoryEvent.Granted granted, Batch batch, Tick tick) {
        GrainId grain = granted.grain();
        Optional<GrainRow> before = batch.get(Schema.GRAINS, grain);
        Holding holding = batch.get(Schema.HOLDINGS, granted.holding()).orElseThrow();
        Place place =
                new Place.InHolding(holding.id(), holding.shift(), granted.leaseUntilMillis());
        GrainRow row = new GrainRow(place, granted.epoch(), tick.since());
        tally(grain, before, Optional.of(holding), batch);
        if (before.isPresent()) {
            leave(grain, before.get(), Optional.of(holding.id()), batch);
            batch.update(Schema.GRAINS, grain, row);
        } else {
            batch.insert(Schema.GRAINS, grain, row);
        }
        if (!isIn(before, holding.id())) {
            batch.put(Schema.HOLDING_GRAINS, new HoldingGrain(holding.id(), grain.key()));
            count(holding.id(), 1, batch);
        }
        setLease(grain, granted.leaseUntilMillis(), batch);
    }

    private static void released(DirectoryEvent.Released released, Batch batch, Tick tick) {
        GrainId grain = released.grain();
        Optional<GrainRow> before = batch.get(Schema.GRAINS, grain);
        GrainRow row =
                new GrainRow(new Place.Free(released.lastOwner()), released.epoch(), tick.since());
        tally(grain, before, Optional.empty(), batch);
        if (before.isPresent()) {
            leave(grain, before.get(), Optional.empty(), batch);
            batch.update(Schema.GRAINS, grain, row);
        } else {
            batch.insert(Schema.GRAINS, grain, row);
        }
        batch.put(Schema.TOMBSTONES, new TimedGrain(tick.nowMillis(), grain));
    }

    private static void renewed(DirectoryEvent.LeaseRenewed renewed, Batch batch) {
        GrainRow row = batch.get(Schema.GRAINS, renewed.grain()).orElseThrow();
        if (row.place() instanceof Place.InHolding place) {
            endLease(renewed.grain(), place, batch);
            Holding holding = Ownerships.holding(place, batch);
            // The row says from now on since when: as the holding did, if that moved meanwhile.
            Since since = holding.shift() == place.shift() ? row.since() : holding.since();
            long until = renewed.leaseUntilMillis();
            batch.update(
                    Schema.GRAINS,
                    renewed.grain(),
                    new GrainRow(
                            new Place.InHolding(place.holding(), holding.shift(), until),
                            renewed.epoch(),
                            since));
            setLease(renewed.grain(), until, batch);
        }
    }

    private static void moved(DirectoryEvent.HoldingMoved moved, Batch batch, Tick tick) {
        Holding holding = batch.get(Schema.HOLDINGS, moved.holding()).orElseThrow();
        Holding next = holding.movedTo(moved.to(), tick.since());
        endClaims(holding, batch);
        batch.update(Schema.HOLDINGS, holding.id(), next);
        if (GrainCounts.areKept(batch)) {
            long grains = batch.get(Schema.HOLDING_COUNTS, holding.id()).orElse(0L);
            QuotaProjection.moved(holding.owner(), next.owner(), grains, batch);
        }
    }

    private static void closed(HoldingId id, Batch batch) {
        endClaims(batch.get(Schema.HOLDINGS, id).orElseThrow(), batch);
        batch.delete(Schema.HOLDINGS, id);
    }

    /// What its cluster claims next goes into another holding.
    private static void endClaims(Holding holding, Batch batch) {
        OpenHolding open = new OpenHolding(holding.cluster(), holding.type());
        if (batch.get(Schema.OPEN_HOLDINGS, open).equals(Optional.of(holding.id()))) {
            batch.delete(Schema.OPEN_HOLDINGS, open);
        }
    }

    private static void purged(GrainId grain, Epoch epoch, Batch batch) {
        GrainRow row = batch.get(Schema.GRAINS, grain).orElseThrow();
        batch.delete(Schema.GRAINS, grain);
        batch.remove(Schema.TOMBSTONES, new TimedGrain(row.since().atMillis(), grain));
        raiseFloor(grain.type(), epoch, batch);
    }

    private static void raiseFloor(GrainType type, Epoch epoch, Batch batch) {
        Epoch floor = batch.get(Schema.EPOCH_FLOORS, type).orElse(Epoch.NONE);
        if (epoch.compareTo(floor) > 0) {
            batch.put(Schema.EPOCH_FLOORS, type, epoch);
        }
    }

    /// Counts a grain for who has it from now on, and no more for who had it.
    private static void tally(
            GrainId grain, Optional<GrainRow> before, Optional<Holding> after, Batch batch) {
        if (!GrainCounts.areKept(batch)) {
            return;
        }
        Optional<Holding> left = before.flatMap(row -> holding(row, batch));
        QuotaProjection.moved(
                left.flatMap(Holding::owner), after.flatMap(Holding::owner), 1, batch);
        long change = (after.isPresent() ? 1L : 0) - (left.isPresent() ? 1 : 0);
        QuotaProjection.changed(grain.type(), change, batch);
    }

    private static Optional<Holding> holding(GrainRow row, Batch batch) {
        return row.place() instanceof Place.InHolding place
                ? Optional.of(Ownerships.holding(place, batch))
                : Optional.empty();
    }

    /// Takes a grain out of where it was, but for its row.
    private static void leave(GrainId grain, GrainRow row, Optional<HoldingId> next, Batch batch) {
        switch (row.place()) {
            case Place.InHolding place -> {
                endLease(grain, place, batch);
                if (!next.equals(Optional.of(place.holding()))) {
                    batch.remove(
                            Schema.HOLDING_GRAINS, new HoldingGrain(place.holding(), grain.key()));
                    leaveHolding(place.holding(), batch);
                }
            }
            case Place.Free _ ->
                    batch.remove(Schema.TOMBSTONES, new TimedGrain(row.since().atMillis(), grain));
        }
    }

    /// A holding that nobody claims into any more goes with its last grain.
    private static void leaveHolding(HoldingId id, Batch batch) {
        if (count(id, -1, batch) == 0) {
            Holding holding = batch.get(Schema.HOLDINGS, id).orElseThrow();
            OpenHolding open = new OpenHolding(holding.cluster(), holding.type());
            if (!batch.get(Schema.OPEN_HOLDINGS, open).equals(Optional.of(id))) {
                batch.delete(Schema.HOLDINGS, id);
            }
        }
    }

    private static long count(HoldingId holding, long change, Batch batch) {
        long next = batch.get(Schema.HOLDING_COUNTS, holding).orElse(0L) + change;
        if (next == 0) {
            batch.delete(Schema.HOLDING_COUNTS, holding);
        } else {
            batch.put(Schema.HOLDING_COUNTS, holding, next);
        }
        return next;
    }

    private static boolean isIn(Optional<GrainRow> row, HoldingId holding) {
        return row.isPresent()
                && row.get().place() instanceof Place.InHolding place
                && place.holding().equals(holding);
    }

    private static void setLease(GrainId grain, long untilMillis, Batch batch) {
        if (untilMillis != 0) {
            batch.put(Schema.LEASE_ENDS, new TimedGrain(untilMillis, grain));
        }
    }

    private static void endLease(GrainId grain, Place.InHolding place, Batch batch) {
        if (place.leaseUntilMillis() != 0) {
            batch.remove(Schema.LEASE_ENDS, new TimedGrain(place.leaseUntilMillis(), grain));
        }
    }
}
