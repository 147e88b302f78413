package io.staddle.statemachine.migration;

import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.routing.RemovalRules;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What stands in the way of a migration, in order of precedence.
final class StartGuards {
    private final StartMigration start;
    private final VShardRecord vShard;
    private final NodeRecord target;
    private final Reads view;
    private final Config config;

    private StartGuards(StartMigration start, VShardRecord vShard, NodeRecord target, Reads view) {
        this.start = start;
        this.vShard = vShard;
        this.target = target;
        this.view = view;
        config = Configs.of(view);
    }

    /// Returns the first of them.
    static Optional<Refusal> refusal(StartMigration start, Reads view, Tick tick) {
        Optional<VShardRecord> vShard = view.get(Schema.V_SHARDS, start.vShard());
        if (vShard.isEmpty()) {
            return Optional.of(new Refusal.NotFound("vShard", start.vShard().toString()));
        }
        Optional<NodeRecord> target = view.get(Schema.NODES, start.target());
        if (target.isEmpty()) {
            return Optional.of(new Refusal.NotFound("node", start.target().value()));
        }
        StartGuards guards = new StartGuards(start, vShard.get(), target.get(), view);
        return guards.engaged()
                .or(guards::sharedTarget)
                .or(guards::leavingTarget)
                .or(guards::limits)
                .or(() -> guards.unfit(tick))
                .or(guards::outOfDate);
    }

    private Optional<Refusal> engaged() {
        return switch (vShard.engagement()) {
            case Engagement.Free _ -> Optional.empty();
            case Engagement.Migrating(MigrationId id) ->
                    Optional.of(new Refusal.MigrationInProgress(id));
            case Engagement.Unfenced(MigrationId id) -> Optional.of(new Refusal.NotFenced(id));
        };
    }

    /// Two migrations that both make the target a member could not be undone one without the other.
    private Optional<Refusal> sharedTarget() {
        return Migrations.joining(vShard.group(), start.target(), view)
                .map(each -> new Refusal.MigrationInProgress(each.id()));
    }

    private Optional<Refusal> leavingTarget() {
        return view.get(Schema.GROUPS, vShard.group())
                .flatMap(group -> RemovalRules.stillLeaving(start.target(), group));
    }

    private Optional<Refusal> limits() {
        List<MigrationHeader> unfinished =
                Migrations.unfinished(view).stream().map(MigrationRecord::header).toList();
        return limit(Setting.MIGRATIONS_MAX, unfinished, _ -> true)
                .or(() -> ofNode(vShard.leaseholder(), unfinished))
                .or(() -> ofNode(start.target(), unfinished));
    }

    private Optional<Refusal> ofNode(NodeId node, List<MigrationHeader> unfinished) {
        return limit(
                Setting.MIGRATIONS_PER_NODE_MAX,
                unfinished,
                each -> each.source().equals(node) || each.target().equals(node));
    }

    private Optional<Refusal> limit(
            Setting setting, List<MigrationHeader> unfinished, Predicate<MigrationHeader> counted) {
        long used = unfinished.stream().filter(counted).count();
        long max = config.get(setting);
        return used >= max
                ? Optional.of(new Refusal.MigrationLimit(setting.key(), used, max))
                : Optional.empty();
    }

    private Optional<Refusal> unfit(Tick tick) {
        if (target.state() != NodeState.ACTIVE) {
            return Optional.of(new Refusal.NodeNotActive(target.id(), target.state()));
        }
        long silent = tick.nowMillis() - target.seenMillis();
        long max = config.get(Setting.NODE_SUSPECT_AFTER_MILLIS);
        if (silent > max) {
            return Optional.of(new Refusal.NodeSilent(target.id(), silent, max));
        }
        return target.id().equals(vShard.leaseholder())
                ? Optional.of(new Refusal.SameNode(target.id()))
                : Optional.empty();
    }

    private Optional<Refusal> outOfDate() {
        if (target.incarnation() != start.targetIncarnation()) {
            return Optional.of(
                    new Refusal.StaleIncarnation(
                            target.id(), start.targetIncarnation(), target.incarnation()));
        }
        return vShard.epoch().equals(start.seenEpoch())
                ? Optional.empty()
                : Optional.of(
                        new Refusal.EpochConflict(vShard.id(), start.seenEpoch(), vShard.epoch()));
    }
}
