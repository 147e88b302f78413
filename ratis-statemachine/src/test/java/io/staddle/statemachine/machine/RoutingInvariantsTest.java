package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.MigrationStage;
import io.staddle.api.model.Since;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.statemachine.state.CheckpointPlace;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;
import io.staddle.storage.Store;
import io.staddle.storage.View;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// I8 to I14 are seen broken: damage is done past the rules, and the right number is said.
final class RoutingInvariantsTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId X = new NodeId("x");
    private static final GroupId GROUP = new GroupId(1);
    private static final VShardId FIRST = new VShardId(0);
    private static final VShardId SECOND = new VShardId(1);
    private static final MigrationId M = new MigrationId("m");
    private static final MigrationId X1 = new MigrationId("x");
    private static final MigrationId OVER = new MigrationId("over");
    private static final Since NOW = new Since(new Revision(999, 0), 1_000_000);

    static Stream<Damage> damages() {
        return Stream.concat(damagesOfRouting(), damagesOfMigrations());
    }

    private static Stream<Damage> damagesOfRouting() {
        return Stream.of(
                new Damage("I14 there are other groups", b -> b.delete(Schema.V_SHARDS, SECOND)),
                new Damage("has no voter", b -> group(b, g -> g.without(A, NOW).without(B, NOW))),
                new Damage("a voter unknown: x", b -> group(b, g -> g.withVoter(X, NOW))),
                new Damage("a learner unknown: x", b -> group(b, g -> g.withLearner(X, NOW))),
                new Damage(
                        "a learner that votes",
                        b -> group(b, g -> members(g, g.voters(), g.voters(), g.leader()))),
                new Damage(
                        "are not sorted",
                        b -> group(b, g -> members(g, List.of(B, A), List.of(), g.leader()))),
                new Damage(
                        "has who was removed",
                        b -> group(b, g -> g.removing(B, NOW).withVoter(B, NOW))),
                new Damage(
                        "led by who does not vote",
                        b -> group(b, g -> g.ledBy(Optional.of(X), 9, NOW))),
                new Damage(
                        "served by who does not vote",
                        b -> vShard(b, SECOND, v -> v.assigned(GROUP, X, NOW))),
                new Damage("highest incarnation", b -> b.put(Schema.NODE_INCARNATIONS, A, 9L)));
    }

    private static Stream<Damage> damagesOfMigrations() {
        return Stream.of(
                new Damage(
                        "I8 VShardRecord[id=1",
                        b -> vShard(b, SECOND, v -> v.engaged(new Engagement.Migrating(X1), NOW))),
                new Damage(
                        "is not in its migration m",
                        b -> vShard(b, FIRST, v -> v.engaged(new Engagement.Free(), NOW))),
                new Damage("I12", b -> vShard(b, FIRST, v -> v.taking(new Writes.Open(), NOW))),
                new Damage("I12", b -> vShard(b, SECOND, v -> v.taking(new Writes.Paused(7), NOW))),
                new Damage(
                        "I11 VShardRecord[id=0",
                        b -> vShard(b, FIRST, v -> v.assigned(GROUP, A, NOW))),
                new Damage("I10 the target of m", b -> group(b, g -> g.without(B, NOW))),
                new Damage("I10 the undo list", b -> migration(b, m -> m.at(m.stage(), List.of()))),
                new Damage(
                        "I9 a migration is over and stands",
                        b -> migration(b, m -> at(m, MigrationPhase.COMPLETED))),
                new Damage(
                        "I9 a checkpoint is damaged",
                        b -> checkpoint(b, MigrationPhase.ADD_LEARNER, 7)),
                new Damage(
                        "I9 m has other steps",
                        b -> b.delete(Schema.MIGRATION_CHECKPOINTS, new CheckpointPlace(M, 1))),
                new Damage(
                        "I9 checkpoints of no migration",
                        b -> b.delete(Schema.FINISHED_MIGRATIONS, OVER)),
                new Damage(
                        "I9 a migration is not over",
                        b -> over(b, m -> at(m, MigrationPhase.CUTOVER))),
                new Damage("I11 a ghost leads nowhere", b -> ghost(b, g -> g.needed(0))));
    }

    static Stream<Damage> steps() {
        return Stream.of(
                new Damage(
                        "I11 a vShard went back",
                        b -> vShard(b, SECOND, v -> served(v, new Epoch(1)))),
                new Damage(
                        "I14 a group went back",
                        b -> group(b, g -> members(g, g.voters(), List.of(X), g.leader()))),
                new Damage("I14 the incarnation", b -> b.put(Schema.NODE_INCARNATIONS, A, 0L)),
                new Damage("I9 migration m is lost", b -> b.delete(Schema.MIGRATIONS, M)),
                new Damage(
                        "I9 a migration left its way",
                        b -> migration(b, m -> at(m, MigrationPhase.COMPLETED))),
                new Damage("I9 a migration that is over changed", b -> over(b, m -> m.paused(1))),
                new Damage(
                        "I10 VShardRecord[id=0",
                        b -> migration(b, m -> next(m, MigrationPhase.ABORTED))));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageIsFound(Damage damage) {
        damage.isFoundIn(store());
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepThatIsNoneIsFound(Damage damage) {
        damage.isFoundAsAStepOf(store());
    }

    /// Two vShards: one whose writes are paused in migration `m`, and one that was moved by `over`.
    private static Store store() {
        Directory directory = Directory.onHeap();
        for (String line :
                List.of(
                        "join a",
                        "state a ACTIVE",
                        "join b",
                        "state b ACTIVE",
                        "routing 2 1 1 a",
                        "migrate over 1 b",
                        "report 1 b 2",
                        "step over CATCH_UP",
                        "progress over 9 9",
                        "step over PROMOTE_LEARNER",
                        "report 1 b 3",
                        "step over LEADERSHIP_TRANSFER",
                        "progress over 9 9",
                        "cutover over",
                        "fence over b",
                        "complete over",
                        "migrate m 0 b",
                        "progress m 9 9",
                        "step m PROMOTE_LEARNER",
                        "step m LEADERSHIP_TRANSFER")) {
            try (View view = directory.store().view()) {
                directory.apply(Script.parse(line, view, directory.clockMillis()));
            }
        }
        return directory.store();
    }

    private static void group(Batch batch, UnaryOperator<GroupRecord> change) {
        batch.update(
                Schema.GROUPS, GROUP, change.apply(batch.get(Schema.GROUPS, GROUP).orElseThrow()));
    }

    private static GroupRecord members(
            GroupRecord group, List<NodeId> vote, List<NodeId> learn, Optional<NodeId> leader) {
        return new GroupRecord(
                group.id(),
                vote,
                learn,
                leader,
                group.leaderTerm(),
                group.replicationFactor(),
                group.configVersion(),
                group.observed(),
                group.removals(),
                NOW);
    }

    private static void vShard(Batch batch, VShardId id, UnaryOperator<VShardRecord> change) {
        batch.update(
                Schema.V_SHARDS, id, change.apply(batch.get(Schema.V_SHARDS, id).orElseThrow()));
    }

    private static VShardRecord served(VShardRecord vShard, Epoch epoch) {
        return new VShardRecord(
                vShard.id(),
                vShard.group(),
                vShard.leaseholder(),
                epoch,
                vShard.writes(),
                vShard.engagement(),
                vShard.migrations(),
                NOW);
    }

    private static void migration(Batch batch, UnaryOperator<MigrationRecord> change) {
        batch.update(
                Schema.MIGRATIONS, M, change.apply(batch.get(Schema.MIGRATIONS, M).orElseThrow()));
    }

    private static void over(Batch batch, UnaryOperator<MigrationRecord> change) {
        batch.update(
                Schema.FINISHED_MIGRATIONS,
                OVER,
                change.apply(batch.get(Schema.FINISHED_MIGRATIONS, OVER).orElseThrow()));
    }

    private static MigrationRecord at(MigrationRecord migration, MigrationPhase phase) {
        var stage = migration.stage();
        return migration.at(
                new MigrationStage(
                        phase, stage.phaseVersion(), stage.sinceMillis(), stage.waiting()),
                migration.undo());
    }

    private static MigrationRecord next(MigrationRecord migration, MigrationPhase phase) {
        return migration.at(
                migration.stage().next(phase, 1_000_000, migration.stage().waiting()),
                migration.undo());
    }

    private static void checkpoint(Batch batch, MigrationPhase phase, long checksum) {
        batch.update(
                Schema.MIGRATION_CHECKPOINTS,
                new CheckpointPlace(M, 1),
                new MigrationCheckpoint(phase, 1, ByteString.copyFromUtf8("x"), checksum, 1));
    }

    private static void ghost(Batch batch, UnaryOperator<Ghost> change) {
        GhostPlace place = new GhostPlace(SECOND, A);
        batch.update(
                Schema.GHOSTS, place, change.apply(batch.get(Schema.GHOSTS, place).orElseThrow()));
    }
}
