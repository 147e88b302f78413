package io.staddle.statemachine.migration;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand.RetryMigration;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.MigrationStage;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.PreState;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.WaitCondition;
import io.staddle.api.model.Waiting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides how migrations begin, for the first time or again.
final class StartRules {
    private StartRules() {}

    static Decision start(StartMigration start, Reads view, Tick tick) {
        return begin(start, 1, view, tick);
    }

    static Decision retry(RetryMigration retry, MigrationRecord old, Reads view, Tick tick) {
        MigrationHeader header = old.header();
        StartMigration again =
                new StartMigration(
                        retry.newId(),
                        header.vShard(),
                        header.target(),
                        view.get(Schema.NODES, header.target())
                                .map(NodeRecord::incarnation)
                                .orElse(header.targetIncarnation()),
                        header.budgetMicros(),
                        header.movesLeader(),
                        retry.seenEpoch());
        if (Migrations.find(retry.newId(), view).isPresent()) {
            return begin(again, header.attempt() + 1, view, tick);
        }
        if (old.phase() != MigrationPhase.ABORTED) {
            return refuse(MigrationRefusals.illegal(old, "tried again"));
        }
        long max = Configs.of(view).get(Setting.MIGRATION_ATTEMPTS_MAX);
        return header.attempt() >= max
                ? refuse(new Refusal.AttemptsExhausted(old.id(), header.attempt(), max))
                : begin(again, header.attempt() + 1, view, tick);
    }

    private static Decision begin(StartMigration start, int attempt, Reads view, Tick tick) {
        Optional<MigrationRecord> known = Migrations.find(start.id(), view);
        if (known.isPresent()) {
            return isSame(start, attempt, known.get())
                    ? accept(new Answer.Migration(known.get()))
                    : refuse(
                            new Refusal.AlreadyExists(
                                    "migration",
                                    start.id().value(),
                                    "of vShard " + known.get().header().vShard()));
        }
        Optional<Refusal> refusal = StartGuards.refusal(start, view, tick);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        VShardRecord vShard = view.get(Schema.V_SHARDS, start.vShard()).orElseThrow();
        GroupRecord group = view.get(Schema.GROUPS, vShard.group()).orElseThrow();
        Membership before = membership(start.target(), group);
        List<Event> events = new ArrayList<>();
        GroupRecord joined = group;
        if (before == Membership.NONE) {
            joined = group.withLearner(start.target(), tick.since());
            events.add(
                    new RoutingEvent.GroupChanged(GroupChange.ADD_LEARNER, start.target(), joined));
        }
        MigrationRecord migration =
                migration(start, attempt, vShard, group, joined.configVersion(), tick);
        events.add(new MigrationEvent.MigrationStarted(migration, Checkpoints.of(migration, tick)));
        return accept(new Answer.Migration(migration), events);
    }

    private static boolean isSame(StartMigration start, int attempt, MigrationRecord known) {
        MigrationHeader header = known.header();
        return header.vShard().equals(start.vShard())
                && header.target().equals(start.target())
                && header.targetIncarnation() == start.targetIncarnation()
                && header.budgetMicros() == start.budgetMicros()
                && header.movesLeader() == start.movesLeader()
                && header.attempt() == attempt
                && known.before().epoch().equals(start.seenEpoch());
    }

    static Membership membership(NodeId node, GroupRecord group) {
        if (group.voters().contains(node)) {
            return Membership.VOTER;
        }
        return group.learners().contains(node) ? Membership.LEARNER : Membership.NONE;
    }

    private static MigrationRecord migration(
            StartMigration start,
            int attempt,
            VShardRecord vShard,
            GroupRecord group,
            long configVersion,
            Tick tick) {
        Membership before = membership(start.target(), group);
        MigrationHeader header =
                new MigrationHeader(
                        start.id(),
                        start.vShard(),
                        vShard.leaseholder(),
                        start.target(),
                        start.targetIncarnation(),
                        group.id(),
                        start.movesLeader(),
                        start.budgetMicros(),
                        vShard.migrations() + 1,
                        attempt,
                        tick.nowMillis());
        Waiting waiting =
                new Waiting(
                        start.target(),
                        WaitCondition.CONFIG_OBSERVED,
                        configVersion,
                        tick.nowMillis());
        return new MigrationRecord(
                header,
                new PreState(before, group.leader(), vShard.epoch()),
                new MigrationStage(MigrationPhase.ADD_LEARNER, 1, tick.nowMillis(), waiting),
                MigrationProgress.none(tick.nowMillis()),
                before == Membership.NONE
                        ? List.of(new Compensation.RemoveLearner(group.id(), start.target()))
                        : List.of(),
                0,
                new MigrationEnd.None(),
                false);
    }
}
