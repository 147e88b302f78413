package io.staddle.statemachine.directory;

import static io.staddle.statemachine.decision.Decision.accept;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand.ExpireLeases;
import io.staddle.api.command.DirectoryCommand.PurgeTombstones;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.id.Epoch;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.LeaseHold;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedGrain;
import io.staddle.storage.Present;
import io.staddle.storage.Reads;
import io.staddle.storage.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What time brings: leases end, tombstones are forgotten. Bounded, so one entry stays short.
final class HousekeepingRules {
    private HousekeepingRules() {}

    static Decision expireLeases(ExpireLeases expire, Reads view, Tick tick) {
        if (LeaseHold.isOn(tick.nowMillis(), view)) {
            return accept(new Answer.Removed("leases", 0));
        }
        List<Event> events =
                due(
                        Schema.LEASE_ENDS,
                        tick.nowMillis(),
                        expire.max(),
                        view,
                        due -> expire(due, view));
        return accept(new Answer.Removed("leases", events.size()), events);
    }

    static Decision purgeTombstones(PurgeTombstones purge, Reads view, Tick tick) {
        long kept = Configs.of(view).get(Setting.TOMBSTONE_MILLIS);
        List<Event> events =
                due(
                        Schema.TOMBSTONES,
                        tick.nowMillis() - kept,
                        purge.max(),
                        view,
                        due -> forget(due, view));
        return accept(new Answer.Removed("tombstones", events.size()), events);
    }

    /// Walks the times up to and including `untilMillis`, the earliest first.
    private static List<Event> due(
            Table<TimedGrain, Present> index,
            long untilMillis,
            int max,
            Reads view,
            Function<TimedGrain, Event> event) {
        List<Event> events = new ArrayList<>();
        try (var rows = view.scan(index, TimedGrain.until(untilMillis))) {
            while (rows.hasNext() && events.size() < max) {
                events.add(event.apply(rows.next().key()));
            }
        }
        return events;
    }

    private static Event expire(TimedGrain due, Reads view) {
        // The index may name a lease that a failover has ended: then only the index row goes.
        return Ownerships.of(due.grain(), view) instanceof Ownership.Owned owned
                        && owned.leaseUntilMillis() == due.atMillis()
                ? new DirectoryEvent.Released(
                        due.grain(), owned.by(), owned.epoch(), ReleaseCause.EXPIRED)
                : new DirectoryEvent.LeaseForgotten(due.grain(), due.atMillis());
    }

    private static Event forget(TimedGrain due, Reads view) {
        Epoch epoch = view.get(Schema.GRAINS, due.grain()).orElseThrow().epoch();
        return new DirectoryEvent.TombstonePurged(due.grain(), epoch);
    }
}
