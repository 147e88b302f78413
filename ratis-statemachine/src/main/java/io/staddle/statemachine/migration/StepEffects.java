package io.staddle.statemachine.migration;

import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.WaitCondition;
import io.staddle.api.model.Waiting;
import io.staddle.api.model.Writes;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a step of a migration changes, and what would undo it.
final class StepEffects {
    private static final long MICROS_PER_MILLI = 1_000;

    private final MigrationRecord migration;
    private final MigrationHeader header;
    private final Reads view;
    private final Tick tick;
    private final List<Event> events;

    private StepEffects(MigrationRecord migration, Reads view, Tick tick, List<Event> events) {
        this.migration = migration;
        header = migration.header();
        this.view = view;
        this.tick = tick;
        this.events = events;
    }

    /// Returns the migration after a step, and adds what that changes to `events`.
    static MigrationRecord take(
            MigrationPhase to, MigrationRecord from, Reads view, Tick tick, List<Event> events) {
        StepEffects effects = new StepEffects(from, view, tick, events);
        return switch (to) {
            case CATCH_UP -> effects.catchUp();
            case PROMOTE_LEARNER -> effects.promote();
            case LEADERSHIP_TRANSFER -> effects.pause();
            case ADD_LEARNER, CUTOVER, COMPLETED, ABORTED ->
                    throw new IllegalArgumentException("no checkpoint leads to " + to);
        };
    }

    private MigrationRecord catchUp() {
        long lag = Configs.of(view).get(Setting.CATCH_UP_LAG);
        return next(MigrationPhase.CATCH_UP, WaitCondition.CAUGHT_UP, lag, migration.undo());
    }

    private MigrationRecord promote() {
        GroupRecord group = view.get(Schema.GROUPS, header.group()).orElseThrow();
        if (!group.voters().contains(header.target())) {
            group = group.withVoter(header.target(), tick.since());
            events.add(new RoutingEvent.GroupChanged(GroupChange.PROMOTE, header.target(), group));
        }
        return next(
                MigrationPhase.PROMOTE_LEARNER,
                WaitCondition.CONFIG_OBSERVED,
                group.configVersion(),
                demotion().stream().toList());
    }

    private Optional<Compensation> demotion() {
        return switch (migration.before().target()) {
            case NONE -> Optional.of(new Compensation.RemoveVoter(header.group(), header.target()));
            case LEARNER ->
                    Optional.of(new Compensation.DemoteToLearner(header.group(), header.target()));
            case VOTER -> Optional.empty();
        };
    }

    private MigrationRecord pause() {
        VShardRecord vShard = view.get(Schema.V_SHARDS, header.vShard()).orElseThrow();
        long budgetMillis = Math.ceilDiv(header.budgetMicros(), MICROS_PER_MILLI);
        Writes paused = new Writes.Paused(tick.nowMillis() + budgetMillis);
        events.add(
                new MigrationEvent.WritesPaused(
                        migration.id(), vShard.taking(paused, tick.since())));
        List<Compensation> undo = new ArrayList<>(migration.undo());
        undo.add(new Compensation.ResumeWrites(header.vShard()));
        if (header.movesLeader()) {
            undo.add(chooseLeader());
        }
        return next(MigrationPhase.LEADERSHIP_TRANSFER, WaitCondition.DRAINED, 0, undo);
    }

    private Compensation chooseLeader() {
        GroupRecord group = view.get(Schema.GROUPS, header.group()).orElseThrow();
        Compensation back = new Compensation.RestoreLeader(group.id(), group.leader());
        events.add(
                new RoutingEvent.LeaderChosen(
                        group.ledBy(
                                Optional.of(header.target()), group.leaderTerm(), tick.since())));
        return back;
    }

    private MigrationRecord next(
            MigrationPhase to, WaitCondition condition, long value, List<Compensation> undo) {
        Waiting waiting = new Waiting(header.target(), condition, value, tick.nowMillis());
        return migration.at(migration.stage().next(to, tick.nowMillis(), waiting), undo);
    }
}
