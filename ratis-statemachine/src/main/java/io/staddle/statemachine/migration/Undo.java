package io.staddle.statemachine.migration;

import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the undo list of a migration, from the last effect to the first.
final class Undo {
    private final MigrationRecord migration;
    private final Tick tick;
    private final List<Event> events = new ArrayList<>();
    private final VShardRecord vShard;
    private GroupRecord group;

    private Undo(MigrationRecord migration, Reads view, Tick tick) {
        this.migration = migration;
        this.tick = tick;
        group = view.get(Schema.GROUPS, migration.header().group()).orElseThrow();
        vShard = view.get(Schema.V_SHARDS, migration.header().vShard()).orElseThrow();
    }

    /// Returns what undoing changes, each compensation before its effect.
    static List<Event> events(MigrationRecord migration, Reads view, Tick tick) {
        Undo undo = new Undo(migration, view, tick);
        migration.undo().reversed().forEach(undo::run);
        return undo.events;
    }

    private void run(Compensation compensation) {
        events.add(new MigrationEvent.CompensationApplied(migration.id(), compensation));
        switch (compensation) {
            case Compensation.RemoveLearner(_, var node) -> {
                if (group.learners().contains(node)) {
                    changed(GroupChange.REMOVE, node, group.without(node, tick.since()));
                }
            }
            case Compensation.RemoveVoter(_, var node) -> {
                if (group.voters().contains(node)) {
                    changed(GroupChange.REMOVE, node, group.without(node, tick.since()));
                }
            }
            case Compensation.DemoteToLearner(_, var node) -> {
                if (group.voters().contains(node)) {
                    changed(GroupChange.ADD_LEARNER, node, group.withLearner(node, tick.since()));
                }
            }
            case Compensation.RestoreLeader(_, var leader) -> restore(leader);
            case Compensation.ResumeWrites(_) ->
                    events.add(
                            new MigrationEvent.WritesResumed(
                                    migration.id(),
                                    vShard.taking(new Writes.Open(), tick.since())));
        }
    }

    private void changed(GroupChange change, NodeId node, GroupRecord next) {
        group = next;
        events.add(new RoutingEvent.GroupChanged(change, node, next));
    }

    /// Whoever was reported to lead meanwhile goes on.
    private void restore(Optional<NodeId> leader) {
        if (group.leader().equals(Optional.of(migration.header().target()))) {
            group =
                    group.ledBy(
                            leader.filter(group.voters()::contains),
                            group.leaderTerm(),
                            tick.since());
            events.add(new RoutingEvent.LeaderChosen(group));
        }
    }
}
