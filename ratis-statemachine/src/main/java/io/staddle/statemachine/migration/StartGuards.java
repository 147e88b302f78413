package io.staddle.statemachine.migration;

import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
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
        GroupRecord group = view.get(Schema.GROUPS, vShard.group()).orElseThrow();
        return Migrations.unfinished(view).stream()
                .filter(each -> each.header().group().equals(group.id()))
                .filter(each -> each.header().target().equals(start.target()))
                .filter(each -> each.before().target() != Membership.VOTER)
                .findFirst()
                .map(each -> new Refusal.MigrationInProgress(each.id()));
    }

    private Optional<Refusal> limits() {
        return limit(Setting.MIGRATIONS_MAX, _ -> true)
                .or(() -> ofNode(vShard.leaseholder()))
                .or(() -> ofNode(start.target()));
    }

    private Optional<Refusal> ofNode(NodeId node) {
        return limit(
                Setting.MIGRATIONS_PER_NODE_MAX,
                each -> each.source().equals(node) || each.target().equals(node));
    }

    private Optional<Refusal> limit(Setting setting, Predicate<MigrationHeader> counted) {
        List<MigrationRecord> unfinished = Migrations.unfinished(view);
        long used = unfinished.stream().map(MigrationRecord::header).filter(counted).count();
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
