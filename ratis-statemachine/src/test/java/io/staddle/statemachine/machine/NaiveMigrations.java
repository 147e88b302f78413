package io.staddle.statemachine.machine;

import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.NodeState;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Migrations as one would write them without undo lists: a migration keeps what its target was,
/// and an abort sets that again. What the rules answer is compared with this.
final class NaiveMigrations {
    static final String DONE = "DONE";

    /// The version of no ghost.
    static final long NEVER = 99_999;

    private static final int MAX = 4;
    private static final int ATTEMPTS = 3;

    static final class Node {
        long incarnation = 1;
        NodeState state = NodeState.ACTIVE;
        long seen;
    }

    static final class Shard {
        GroupId group = new GroupId(1);
        NodeId holder = new NodeId("a");
        long epoch = 1;
        long pausedUntil;
        long migrations;
        String busy = "";
        boolean unfenced;

        /// The nodes that send callers on to the holder.
        final Set<NodeId> ghosts = new TreeSet<>();

        void moveTo(NodeId next) {
            holder = next;
            epoch++;
            ghosts.remove(next);
        }
    }

    static final class Run {
        final MigrationCommand.StartMigration start;
        final GroupId group;
        final Membership targetWas;
        final int attempt;
        MigrationPhase phase = MigrationPhase.ADD_LEARNER;
        long steps = 1;
        long needed;
        long from;
        long to;
        long estimate;
        long reportedAt;
        long advancedAt;
        long since;
        long reportedStep;
        boolean fenced;

        Run(
                MigrationCommand.StartMigration start,
                GroupId group,
                Membership targetWas,
                int attempt) {
            this.start = start;
            this.group = group;
            this.targetWas = targetWas;
            this.attempt = attempt;
        }
    }

    final Map<NodeId, Node> nodes = new TreeMap<>();
    final Map<GroupId, NaiveGroup> groups = new TreeMap<>();
    final Map<VShardId, Shard> shards = new TreeMap<>();
    final Map<MigrationId, Run> runs = new TreeMap<>();
    private long now;

    /// Applies a command; returns DONE or the code of the refusal.
    String apply(Command command, long nowMillis) {
        now = nowMillis;
        return switch (command) {
            case NodeCommand.RegisterNode c -> register(c);
            case NodeCommand.SetNodeState c -> state(c);
            case NodeCommand.RecordNodeBeats c -> {
                c.beats().stream()
                        .filter(beat -> node(beat.node()).incarnation == beat.incarnation())
                        .forEach(beat -> node(beat.node()).seen = now);
                yield DONE;
            }
            case RoutingCommand.ReportGroup c -> report(c);
            case RoutingCommand.ChangeGroup c -> change(c);
            case RoutingCommand.ConfirmRemoval c -> group(c.group()).gone(c);
            case RoutingCommand.AssignVShard c -> assign(c);
            case MigrationCommand.StartMigration c -> start(c, 1);
            case GhostCommand.SweepGhosts c -> {
                c.verdicts().stream()
                        .filter(verdict -> verdict.finding() == Finding.PURGE)
                        .filter(verdict -> verdict.seenVersion() != NEVER)
                        .forEach(
                                verdict -> shard(verdict.vShard()).ghosts.remove(verdict.source()));
                yield DONE;
            }
            case MigrationCommand c ->
                    runs.containsKey(c.id()) ? step(c, run(c.id())) : "NOT_FOUND";
            case NodeCommand.DecommissionNode _,
                    NodeCommand.RemoveNode _,
                    RoutingCommand.InitRouting _,
                    DirectoryCommand _,
                    BarrierCommand _,
                    ClusterCommand _,
                    HealthCommand _,
                    AutomationCommand _,
                    ReplayCommand _,
                    BalanceCommand _,
                    GhostCommand.AdjustGhost _,
                    GhostCommand.CleanupMigrations _,
                    AdminCommand _,
                    AccessCommand _ ->
                    throw new IllegalArgumentException("no model of " + command);
        };
    }

    private String register(NodeCommand.RegisterNode c) {
        Node node = node(c.node());
        if (c.incarnation() < node.incarnation) {
            return "STALE_INCARNATION";
        }
        if (c.incarnation() > node.incarnation) {
            node.incarnation = c.incarnation();
            node.seen = now;
        }
        return DONE;
    }

    private String state(NodeCommand.SetNodeState c) {
        node(c.node()).state = c.state();
        return DONE;
    }

    private String report(RoutingCommand.ReportGroup c) {
        NaiveGroup group = group(c.group());
        if (node(c.node()).incarnation != c.incarnation()) {
            return "STALE_INCARNATION";
        }
        if (group.of(c.node()) == Membership.NONE) {
            return "NOT_A_MEMBER";
        }
        if (c.configVersion() > group.version) {
            return "OUT_OF_RANGE";
        }
        if (c.configVersion() > group.observed(c.node(), c.incarnation())) {
            group.observed.put(c.node(), c.incarnation() + "/" + c.configVersion());
        }
        return DONE;
    }

    private String change(RoutingCommand.ChangeGroup c) {
        NaiveGroup group = group(c.group());
        Membership is = group.of(c.node());
        boolean done =
                switch (c.change()) {
                    case ADD_LEARNER -> is != Membership.NONE;
                    case PROMOTE -> is == Membership.VOTER;
                    case REMOVE -> is == Membership.NONE;
                };
        if (done) {
            return DONE;
        }
        if (runs.values().stream().anyMatch(run -> isInto(run, c.group(), c.node()))) {
            return "MIGRATION_IN_PROGRESS";
        }
        return switch (c.change()) {
            case ADD_LEARNER -> add(group, c.node(), Membership.LEARNER);
            case PROMOTE ->
                    is == Membership.LEARNER || node(c.node()).state != NodeState.ACTIVE
                            ? add(group, c.node(), Membership.VOTER)
                            : "ILLEGAL_TRANSITION";
            case REMOVE -> remove(group, c);
        };
    }

    private String add(NaiveGroup group, NodeId node, Membership as) {
        if (node(node).state != NodeState.ACTIVE) {
            return "NODE_NOT_ACTIVE";
        }
        if (group.leaving.containsKey(node)) {
            return "STILL_LEAVING";
        }
        group.set(node, as);
        return DONE;
    }

    private String remove(NaiveGroup group, RoutingCommand.ChangeGroup c) {
        boolean serves =
                shards.values().stream()
                        .anyMatch(s -> s.holder.equals(c.node()) && s.group.equals(c.group()));
        if (serves) {
            return "NODE_IN_USE";
        }
        long voters = group.members.values().stream().filter(Membership.VOTER::equals).count();
        if (group.of(c.node()) == Membership.VOTER && voters <= 1) {
            return "WOULD_VIOLATE_RF";
        }
        boolean late =
                runs.values().stream()
                        .filter(run -> run.phase == MigrationPhase.ABORTED && !run.fenced)
                        .filter(run -> run.group.equals(c.group()))
                        .anyMatch(run -> run.start.target().equals(c.node()));
        if (late) {
            return "NOT_FENCED";
        }
        group.set(c.node(), Membership.NONE);
        group.leaving.put(c.node(), group.version);
        return DONE;
    }

    private boolean isInto(Run run, GroupId group, NodeId node) {
        return !run.phase.isFinished()
                && run.group.equals(group)
                && run.start.target().equals(node);
    }

    private String assign(RoutingCommand.AssignVShard c) {
        Shard shard = shard(c.vShard());
        if (shard.epoch - 1 == c.seenEpoch().value()
                && shard.holder.equals(c.leaseholder())
                && shard.group.equals(c.group())) {
            return DONE;
        }
        if (shard.epoch != c.seenEpoch().value()) {
            return "EPOCH_CONFLICT";
        }
        boolean provisional =
                runs.values().stream()
                        .filter(run -> run.targetWas != Membership.VOTER)
                        .anyMatch(run -> isInto(run, c.group(), c.leaseholder()));
        if ((!shard.busy.isEmpty() && !shard.unfenced) || provisional) {
            return "MIGRATION_IN_PROGRESS";
        }
        if (group(c.group()).of(c.leaseholder()) != Membership.VOTER) {
            return "NOT_A_MEMBER";
        }
        shard.group = c.group();
        shard.moveTo(c.leaseholder());
        return DONE;
    }

    private String start(MigrationCommand.StartMigration c, int attempt) {
        if (runs.containsKey(c.id())) {
            Run known = run(c.id());
            return known.start.equals(c) && known.attempt == attempt ? DONE : "ALREADY_EXISTS";
        }
        Shard shard = shard(c.vShard());
        String refusal = whyNot(c, shard);
        if (!refusal.equals(DONE)) {
            return refusal;
        }
        NaiveGroup group = group(shard.group);
        Run run = new Run(c, shard.group, group.of(c.target()), attempt);
        run.reportedAt = now;
        run.advancedAt = now;
        run.since = now;
        if (run.targetWas == Membership.NONE) {
            group.set(c.target(), Membership.LEARNER);
        }
        run.needed = group.version;
        runs.put(c.id(), run);
        shard.busy = c.id().value();
        shard.migrations++;
        return DONE;
    }

    private String whyNot(MigrationCommand.StartMigration c, Shard shard) {
        Node target = node(c.target());
        if (!shard.busy.isEmpty()) {
            return shard.unfenced ? "NOT_FENCED" : "MIGRATION_IN_PROGRESS";
        }
        boolean shared =
                runs.values().stream()
                        .filter(run -> run.targetWas != Membership.VOTER)
                        .anyMatch(run -> isInto(run, shard.group, c.target()));
        if (shared) {
            return "MIGRATION_IN_PROGRESS";
        }
        if (group(shard.group).leaving.containsKey(c.target())) {
            return "STILL_LEAVING";
        }
        if (runs.values().stream().filter(run -> !run.phase.isFinished()).count() >= MAX) {
            return "MIGRATION_LIMIT";
        }
        if (target.state != NodeState.ACTIVE) {
            return "NODE_NOT_ACTIVE";
        }
        if (now - target.seen > 15_000) {
            return "NODE_SILENT";
        }
        if (c.target().equals(shard.holder)) {
            return "SAME_NODE";
        }
        if (c.targetIncarnation() != target.incarnation) {
            return "STALE_INCARNATION";
        }
        return c.seenEpoch().value() == shard.epoch ? DONE : "EPOCH_CONFLICT";
    }

    private String step(MigrationCommand command, Run run) {
        return switch (command) {
            case MigrationCommand.StartMigration c -> start(c, 1);
            case MigrationCommand.ReportProgress c -> progress(c, run);
            case MigrationCommand.CheckpointMigration c -> checkpoint(c, run);
            case MigrationCommand.CutoverMigration c -> cutOver(c, run);
            case MigrationCommand.CompleteMigration c -> complete(c, run);
            case MigrationCommand.AbortMigration c -> abort(c, run);
            case MigrationCommand.RetryMigration c -> retry(c, run);
            case MigrationCommand.ConfirmFence c -> fence(c, run);
        };
    }

    private String progress(MigrationCommand.ReportProgress c, Run run) {
        if (run.phase.isFinished()) {
            return "MIGRATION_FINISHED";
        }
        if (c.targetIncarnation() != run.start.targetIncarnation()) {
            return "STALE_INCARNATION";
        }
        if (c.seenPhaseVersion() != run.steps) {
            return "PHASE_CONFLICT";
        }
        if (c.targetIndex() > run.to) {
            run.advancedAt = now;
        }
        run.from = Math.max(run.from, c.sourceIndex());
        run.to = Math.max(run.to, c.targetIndex());
        run.estimate = c.estimatedPauseMicros();
        run.reportedAt = now;
        run.reportedStep = run.steps;
        return DONE;
    }

    private String checkpoint(MigrationCommand.CheckpointMigration c, Run run) {
        if (run.phase == c.to() && run.steps - 1 == c.seenPhaseVersion()) {
            return DONE;
        }
        if (MigrationCheckpoint.checksumOf(c.payload()) != c.checksum()) {
            return "CHECKSUM_MISMATCH";
        }
        if (c.seenPhaseVersion() != run.steps) {
            return "PHASE_CONFLICT";
        }
        boolean skips =
                run.phase == MigrationPhase.ADD_LEARNER
                        && c.to() == MigrationPhase.PROMOTE_LEARNER
                        && run.targetWas == Membership.VOTER;
        if (c.to() != after(run.phase) && !skips) {
            return "ILLEGAL_TRANSITION";
        }
        String unfit = unfit(run);
        if (!unfit.equals(DONE)) {
            return unfit;
        }
        NaiveGroup group = group(run.group);
        long lag = run.from == 0 || run.to == 0 ? Long.MAX_VALUE : run.from - run.to;
        NodeId target = run.start.target();
        if (c.to() != MigrationPhase.CATCH_UP) {
            if (lag > 10) {
                return "NOT_CAUGHT_UP";
            }
            if (now - run.reportedAt > 5_000) {
                return "PROGRESS_STALE";
            }
        }
        if (c.to() != MigrationPhase.PROMOTE_LEARNER
                && group.observed(target, run.start.targetIncarnation()) < run.needed) {
            return "NOT_OBSERVED";
        }
        if (c.to() == MigrationPhase.LEADERSHIP_TRANSFER) {
            if (run.estimate > run.start.budgetMicros()) {
                return "PAUSE_BUDGET_EXCEEDED";
            }
            shard(run).pausedUntil = now + (run.start.budgetMicros() + 999) / 1_000;
        }
        if (c.to() == MigrationPhase.PROMOTE_LEARNER) {
            group.set(target, Membership.VOTER);
            run.needed = group.version;
        }
        return entered(c.to(), run);
    }

    private String unfit(Run run) {
        Node target = node(run.start.target());
        if (target.incarnation != run.start.targetIncarnation()) {
            return "STALE_INCARNATION";
        }
        return target.state == NodeState.ACTIVE ? DONE : "NODE_NOT_ACTIVE";
    }

    private String cutOver(MigrationCommand.CutoverMigration c, Run run) {
        if (run.phase == MigrationPhase.CUTOVER && run.steps - 1 == c.seenPhaseVersion()) {
            return DONE;
        }
        if (c.seenPhaseVersion() != run.steps) {
            return "PHASE_CONFLICT";
        }
        if (run.phase != MigrationPhase.LEADERSHIP_TRANSFER) {
            return "ILLEGAL_TRANSITION";
        }
        String unfit = unfit(run);
        if (!unfit.equals(DONE)) {
            return unfit;
        }
        Shard shard = shard(run);
        if (shard.epoch != c.seenEpoch().value()) {
            return "EPOCH_CONFLICT";
        }
        if (run.reportedStep != run.steps || run.from == 0 || run.to == 0 || run.from > run.to) {
            return "NOT_CAUGHT_UP";
        }
        if (now > shard.pausedUntil) {
            return "PAUSE_BUDGET_EXCEEDED";
        }
        shard.pausedUntil = 0;
        shard.ghosts.add(shard.holder);
        shard.moveTo(run.start.target());
        return entered(MigrationPhase.CUTOVER, run);
    }

    private String complete(MigrationCommand.CompleteMigration c, Run run) {
        if (run.phase == MigrationPhase.COMPLETED && run.steps - 1 == c.seenPhaseVersion()) {
            return DONE;
        }
        if (c.seenPhaseVersion() != run.steps) {
            return "PHASE_CONFLICT";
        }
        if (run.phase != MigrationPhase.CUTOVER) {
            return "ILLEGAL_TRANSITION";
        }
        if (!run.fenced) {
            return "NOT_FENCED";
        }
        shard(run).busy = "";
        return entered(MigrationPhase.COMPLETED, run);
    }

    private String abort(MigrationCommand.AbortMigration c, Run run) {
        if (run.phase == MigrationPhase.ABORTED && run.steps - 1 == c.seenPhaseVersion()) {
            return DONE;
        }
        if (run.phase == MigrationPhase.CUTOVER) {
            return "CANNOT_ABORT_AFTER_CUTOVER";
        }
        if (run.phase.isFinished()) {
            return "MIGRATION_FINISHED";
        }
        if (c.seenPhaseVersion() != run.steps) {
            return "PHASE_CONFLICT";
        }
        if (c.code() != AbortCode.OPERATOR && !c.code().name().equals(due(run))) {
            return "ABORT_NOT_DUE";
        }
        group(run.group).set(run.start.target(), run.targetWas);
        shard(run).pausedUntil = 0;
        shard(run).unfenced = true;
        return entered(MigrationPhase.ABORTED, run);
    }

    /// What a leader would give it up for now.
    private String due(Run run) {
        Node target = node(run.start.target());
        long pausedUntil = shard(run).pausedUntil;
        if (pausedUntil > 0 && now > pausedUntil) {
            return "PAUSE_BUDGET_EXCEEDED";
        }
        if (target.incarnation != run.start.targetIncarnation()) {
            return "TARGET_REPLACED";
        }
        if (target.state != NodeState.ACTIVE) {
            return "TARGET_LOST";
        }
        if (now - target.seen > 15_000) {
            return "TARGET_UNREACHABLE";
        }
        long standing = now - Math.max(run.advancedAt, run.since);
        boolean isBehind = run.from == 0 || run.to == 0 || run.from > run.to;
        boolean isStuck = run.phase == MigrationPhase.CATCH_UP && isBehind && standing > 60_000;
        return isStuck ? "CATCH_UP_TIMEOUT" : "nothing";
    }

    private String retry(MigrationCommand.RetryMigration c, Run run) {
        MigrationCommand.StartMigration again =
                new MigrationCommand.StartMigration(
                        c.newId(),
                        run.start.vShard(),
                        run.start.target(),
                        node(run.start.target()).incarnation,
                        run.start.budgetMicros(),
                        run.start.movesLeader(),
                        c.seenEpoch());
        if (!runs.containsKey(c.newId()) && run.phase != MigrationPhase.ABORTED) {
            return "ILLEGAL_TRANSITION";
        }
        if (!runs.containsKey(c.newId()) && run.attempt >= ATTEMPTS) {
            return "ATTEMPTS_EXHAUSTED";
        }
        return start(again, run.attempt + 1);
    }

    private String fence(MigrationCommand.ConfirmFence c, Run run) {
        if (run.fenced) {
            return DONE;
        }
        if (run.phase != MigrationPhase.CUTOVER && run.phase != MigrationPhase.ABORTED) {
            return "ILLEGAL_TRANSITION";
        }
        if (group(run.group).of(c.node()) != Membership.VOTER) {
            return "NOT_A_MEMBER";
        }
        run.fenced = true;
        if (run.phase == MigrationPhase.ABORTED) {
            shard(run).busy = "";
            shard(run).unfenced = false;
        }
        return DONE;
    }

    private String entered(MigrationPhase phase, Run run) {
        run.phase = phase;
        run.since = now;
        run.steps++;
        return DONE;
    }

    private static MigrationPhase after(MigrationPhase phase) {
        return switch (phase) {
            case ADD_LEARNER -> MigrationPhase.CATCH_UP;
            case CATCH_UP -> MigrationPhase.PROMOTE_LEARNER;
            case PROMOTE_LEARNER -> MigrationPhase.LEADERSHIP_TRANSFER;
            case LEADERSHIP_TRANSFER, CUTOVER, COMPLETED, ABORTED -> MigrationPhase.ABORTED;
        };
    }

    private Shard shard(Run run) {
        return shard(run.start.vShard());
    }

    Shard shard(VShardId id) {
        return Objects.requireNonNull(shards.get(id));
    }

    NaiveGroup group(GroupId id) {
        return Objects.requireNonNull(groups.get(id));
    }

    private Node node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private Run run(MigrationId id) {
        return Objects.requireNonNull(runs.get(id));
    }
}
