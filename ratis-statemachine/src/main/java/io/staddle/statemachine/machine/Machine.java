package io.staddle.statemachine.machine;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.AccessEvent;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.access.AccessProjection;
import io.staddle.statemachine.admin.AdminProjection;
import io.staddle.statemachine.barrier.BarrierProjection;
import io.staddle.statemachine.clusters.ClusterProjection;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.directory.DirectoryProjection;
import io.staddle.statemachine.history.History;
import io.staddle.statemachine.migration.MigrationProjection;
import io.staddle.statemachine.replay.ReplayProjection;
import io.staddle.statemachine.routing.RoutingProjection;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.EntryUndo;
import io.staddle.statemachine.state.LeaseHold;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.UndoneRow;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.Batch;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Overwritten;
import io.staddle.storage.Store;

import java.util.ArrayList;
import java.util.List;

/// Applies log entries to a store: each command is decided on what the commands before it left,
/// its events are recorded, and the whole entry is one commit.
///
/// One thread calls it, in log order. An exception means a broken disk or damaged data: the server
/// must stop, because whatever it did next could differ from the others.
public final class Machine {
    private final Store store;

    /// Works on `store`, from the position where it is.
    public Machine(Store store) {
        this.store = store;
    }

    /// Applies the entry at `position`; one outcome a command, in order.
    ///
    /// An entry that the store has already is skipped and has no outcomes: nobody waits for it.
    ///
    /// @throws io.staddle.storage.StorageException if the server must stop
    public List<Outcome> apply(LogPosition position, Entry entry) {
        if (position.index() <= store.applied().index()) {
            return List.of();
        }
        Batch batch = store.begin();
        prefetch(entry, batch);
        if (Configs.of(batch).featureLevel() >= Levels.TIME_TRAVEL) {
            batch.note(Versioned.TABLES);
        }
        long before = Numbers.get(batch, Numbers.LOGICAL_NOW);
        long now = Math.max(before, entry.stampMillis());
        holdLeases(now, Math.min(entry.jumpMillis(), now - before), batch);
        noteLeader(now, position.term(), batch);
        List<Outcome> outcomes = new ArrayList<>(entry.proposals().size());
        List<RecordedEvent> events = new ArrayList<>(entry.proposals().size());
        List<UndoneRow> undone = new ArrayList<>();
        for (Proposal proposal : entry.proposals()) {
            Tick tick =
                    new Tick(
                            new Revision(position.index(), outcomes.size()),
                            now,
                            proposal.origin().actor());
            outcomes.add(
                    isStale(proposal, position.term())
                            ? stale(proposal, position.term(), tick)
                            : apply(proposal, batch, tick, events));
            for (Overwritten row : batch.takeNotes()) {
                undone.add(UndoneRow.of(tick.revision().ordinal(), row));
            }
        }
        History.append(position.index(), events, new EntryUndo(now, undone), batch);
        batch.put(Schema.NUMBERS, Numbers.LOGICAL_NOW, now);
        store.commit(batch, position);
        return outcomes;
    }

    /// What a leader decided must not take place when another one leads, who may have decided
    /// otherwise, nor what somebody decided who is no leader.
    private static boolean isStale(Proposal proposal, long term) {
        boolean bound = proposal.term() != 0 || proposal.command().isOfLeader();
        return bound && proposal.term() != term;
    }

    private static Outcome stale(Proposal proposal, long term, Tick tick) {
        return new Outcome.Refused(tick.revision(), new Refusal.StaleTerm(proposal.term(), term));
    }

    private static Outcome apply(
            Proposal proposal, Batch batch, Tick tick, List<RecordedEvent> events) {
        return switch (Rules.decide(proposal.command(), batch, tick)) {
            case Decision.Refuse(var why) -> new Outcome.Refused(tick.revision(), why);
            case Decision.Accept(var happened, var answer) -> {
                for (Event event : happened) {
                    record(event, batch, tick);
                    if (event.isKept()) {
                        events.add(recorded(event, proposal, tick));
                    }
                }
                yield new Outcome.Done(tick.revision(), answer);
            }
        };
    }

    private static RecordedEvent recorded(Event event, Proposal proposal, Tick tick) {
        return new RecordedEvent(tick.revision(), tick.nowMillis(), proposal.origin(), event);
    }

    private static void record(Event event, Batch batch, Tick tick) {
        switch (event) {
            case DirectoryEvent directory -> DirectoryProjection.record(directory, batch, tick);
            case ClusterEvent cluster -> ClusterProjection.record(cluster, batch, tick);
            case ReplayEvent replay -> ReplayProjection.record(replay, batch, tick);
            case RoutingEvent routing -> RoutingProjection.record(routing, batch, tick);
            case MigrationEvent migration -> MigrationProjection.record(migration, batch, tick);
            case BarrierEvent barrier -> BarrierProjection.record(barrier, batch);
            case AdminEvent admin -> AdminProjection.record(admin, batch);
            case AccessEvent access -> AccessProjection.record(access, batch);
        }
    }

    /// @param jumpMillis how much of the way to `nowMillis` was a jump of a leader's clock
    private static void holdLeases(long nowMillis, long jumpMillis, Batch batch) {
        if (jumpMillis > 0) {
            long until = LeaseHold.after(nowMillis, jumpMillis, batch);
            batch.put(Schema.NUMBERS, Numbers.LEASES_HELD_UNTIL, until);
        }
    }

    /// From here on the deadlines of barriers count under another leader.
    private static void noteLeader(long nowMillis, long term, Batch batch) {
        if (Configs.of(batch).featureLevel() >= Levels.BARRIERS
                && Numbers.get(batch, Numbers.LED_TERM) != term) {
            batch.put(Schema.NUMBERS, Numbers.LED_TERM, term);
            batch.put(Schema.NUMBERS, Numbers.LED_SINCE, nowMillis);
        }
    }

    private static void prefetch(Entry entry, Batch batch) {
        List<GrainId> grains = new ArrayList<>(entry.proposals().size());
        for (Proposal proposal : entry.proposals()) {
            if (proposal.command() instanceof DirectoryCommand.OfGrain ofGrain) {
                grains.add(ofGrain.grain());
            }
        }
        batch.prefetch(Schema.GRAINS, grains);
    }
}
