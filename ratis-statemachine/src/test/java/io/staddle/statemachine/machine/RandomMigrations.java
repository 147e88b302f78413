package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;

import io.staddle.api.command.Command;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Removal;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.migration.NextStep;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Random commands about few nodes, groups, vShards and migrations: mostly the next right one, and
/// often a late, a repeated or a wrong one.
final class RandomMigrations {
    static final List<NodeId> NODES =
            List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"), new NodeId("d"));
    static final List<GroupId> GROUPS = List.of(new GroupId(1), new GroupId(2));
    static final int SHARDS = 4;
    private static final int IDS = 60;

    private final SplittableRandom random;
    private final Reads view;
    private final long clockMillis;

    RandomMigrations(SplittableRandom random, Reads view, long clockMillis) {
        this.random = random;
        this.view = view;
        this.clockMillis = clockMillis;
    }

    /// Returns the commands that make nodes, groups and vShards.
    static List<Command> beginning() {
        List<Command> commands = new ArrayList<>();
        for (NodeId node : NODES) {
            commands.add(new NodeCommand.RegisterNode(node, new NodeAddress("h", 1), 1));
            commands.add(new NodeCommand.SetNodeState(node, NodeState.ACTIVE, 1));
        }
        commands.add(
                new RoutingCommand.InitRouting(
                        new RoutingLayout(SHARDS, GROUPS.size(), 1, NODES.subList(0, 2))));
        return commands;
    }

    Command next() {
        return switch (random.nextInt(20)) {
            case 0 -> ofNode();
            case 1, 2 -> beats();
            case 3 -> random.nextInt(6) == 0 ? gone() : ofGroup();
            case 4 -> random.nextInt(3) == 0 ? sweep() : assign();
            case 5, 6 -> start(id());
            case 7 -> Migrations.find(id(), view).map(this::onward).orElseGet(() -> start(id()));
            default -> {
                List<MigrationRecord> current = Migrations.current(view);
                yield current.isEmpty()
                        ? start(id())
                        : onward(current.get(random.nextInt(current.size())));
            }
        };
    }

    private MigrationId id() {
        return new MigrationId("m" + random.nextInt(IDS));
    }

    private Command onward(MigrationRecord migration) {
        long seen = random.nextInt(12) == 0 ? 1 : migration.stage().phaseVersion();
        NodeId target = migration.header().target();
        if (migration.phase() == MigrationPhase.ABORTED && migration.fenced()) {
            return new MigrationCommand.RetryMigration(
                    migration.id(), id(), epoch(migration.header().vShard()));
        }
        return switch (random.nextInt(24)) {
            case 0 ->
                    new MigrationCommand.AbortMigration(migration.id(), abortCode(), "drill", seen);
            case 1 ->
                    new MigrationCommand.ConfirmFence(
                            migration.id(), random.nextBoolean() ? target : node());
            case 2 ->
                    new MigrationCommand.RetryMigration(
                            migration.id(), id(), epoch(migration.header().vShard()));
            case 3 -> odd(migration, seen);
            case 4, 5, 6, 7, 8, 9 -> report(migration.header().group(), target, migration);
            case 10, 11, 12, 13, 14, 15 -> progress(migration, seen);
            default ->
                    NextStep.of(migration)
                            .<Command>map(step -> step)
                            .orElseGet(() ->
                                    new MigrationCommand.ConfirmFence(
                                            migration.id(), migration.header().source()));
        };
    }

    private AbortCode abortCode() {
        AbortCode[] codes = AbortCode.values();
        return random.nextInt(3) == 0 ? AbortCode.OPERATOR : codes[random.nextInt(codes.length)];
    }

    private Command sweep() {
        VShardId vShard = new VShardId(random.nextInt(SHARDS));
        NodeId source = node();
        long version =
                view.get(Schema.GHOSTS, new GhostPlace(vShard, source))
                        .filter(ghost -> random.nextInt(4) > 0)
                        .map(Ghost::version)
                        .orElse(NaiveMigrations.NEVER);
        Finding finding = random.nextInt(4) == 0 ? Finding.KEEP : Finding.PURGE;
        return new GhostCommand.SweepGhosts(
                List.of(new GhostVerdict(vShard, source, finding, version)));
    }

    /// A step that is out of order, damaged or late.
    private Command odd(MigrationRecord migration, long seen) {
        MigrationPhase[] phases = MigrationPhase.values();
        ByteString payload = ByteString.copyFromUtf8("p" + random.nextInt(9));
        long sum = MigrationCheckpoint.checksumOf(payload);
        return switch (random.nextInt(3)) {
            case 0 ->
                    new MigrationCommand.CheckpointMigration(
                            migration.id(),
                            phases[random.nextInt(1, 4)],
                            payload,
                            random.nextInt(4) == 0 ? 7 : sum,
                            seen);
            case 1 ->
                    new MigrationCommand.CutoverMigration(
                            migration.id(), seen, new Epoch(random.nextInt(1, 4)));
            default -> new MigrationCommand.CompleteMigration(migration.id(), 7, seen);
        };
    }

    private Command progress(MigrationRecord migration, long seen) {
        long source = migration.progress().sourceIndex() + random.nextInt(6);
        long behind = random.nextInt(4) == 0 ? random.nextInt(20) : 0;
        return new MigrationCommand.ReportProgress(
                migration.id(),
                seen,
                random.nextInt(20) == 0 ? 99 : migration.header().targetIncarnation(),
                source,
                Math.max(0, source - behind),
                random.nextInt(1_200));
    }

    private Command report(GroupId group, NodeId node, MigrationRecord migration) {
        long version = view.get(Schema.GROUPS, group).map(GroupRecord::configVersion).orElse(0L);
        return new RoutingCommand.ReportGroup(
                group,
                node,
                random.nextInt(12) == 0 ? 1 : migration.header().targetIncarnation(),
                random.nextInt(8) == 0 ? version + 1 : version,
                Optional.empty(),
                0);
    }

    private Command start(MigrationId id) {
        VShardId vShard = new VShardId(random.nextInt(SHARDS));
        NodeId target = node();
        return new MigrationCommand.StartMigration(
                id,
                vShard,
                target,
                random.nextInt(12) == 0 ? 9 : incarnation(target),
                random.nextBoolean() ? 1_000 : 5_000_000,
                false,
                random.nextInt(12) == 0 ? new Epoch(9) : epoch(vShard));
    }

    private Command ofNode() {
        NodeId node = node();
        NodeRecord known = view.get(Schema.NODES, node).orElseThrow();
        if (random.nextInt(3) == 0) {
            return new NodeCommand.RegisterNode(
                    node,
                    known.address(),
                    Math.max(1, known.incarnation() + random.nextInt(-1, 2)));
        }
        NodeState to = random.nextInt(4) == 0 ? NodeState.DRAINING : NodeState.ACTIVE;
        return new NodeCommand.SetNodeState(node, to, known.version());
    }

    private Command beats() {
        List<NodeId> heard = NODES.subList(random.nextInt(NODES.size()), NODES.size());
        return new NodeCommand.RecordNodeBeats(
                heard.stream()
                        .map(node -> new NodeBeat(node, incarnation(node), clockMillis))
                        .toList());
    }

    private Command ofGroup() {
        GroupId group = GROUPS.get(random.nextInt(GROUPS.size()));
        GroupChange[] changes = GroupChange.values();
        return new RoutingCommand.ChangeGroup(
                group,
                changes[random.nextInt(changes.length)],
                node(),
                view.get(Schema.GROUPS, group).map(GroupRecord::configVersion).orElse(0L));
    }

    private Command gone() {
        GroupId id = GROUPS.get(random.nextInt(GROUPS.size()));
        GroupRecord group = view.get(Schema.GROUPS, id).orElseThrow();
        NodeId node =
                group.removals().isEmpty() || random.nextInt(8) == 0
                        ? node()
                        : group.removals().getFirst().node();
        long due = group.removalOf(node).map(Removal::configVersion).orElse(1L);
        return new RoutingCommand.ConfirmRemoval(
                id, node, random.nextInt(8) == 0 ? due + 1 : due, node());
    }

    private Command assign() {
        VShardId vShard = new VShardId(random.nextInt(SHARDS));
        return new RoutingCommand.AssignVShard(
                vShard,
                GROUPS.get(random.nextInt(GROUPS.size())),
                node(),
                random.nextInt(8) == 0 ? new Epoch(1) : epoch(vShard));
    }

    private NodeId node() {
        return NODES.get(random.nextInt(NODES.size()));
    }

    private long incarnation(NodeId node) {
        return view.get(Schema.NODES, node).orElseThrow().incarnation();
    }

    private Epoch epoch(VShardId vShard) {
        return view.get(Schema.V_SHARDS, vShard).map(VShardRecord::epoch).orElse(Epoch.NONE);
    }

    /// Returns all vShards that there are.
    static List<VShardId> shards() {
        return IntStream.range(0, SHARDS).mapToObj(VShardId::new).toList();
    }
}
