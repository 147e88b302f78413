package io.staddle.statemachine.machine;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.statemachine.state.CheckpointPlace;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// I8 to I12: a vShard is in one migration at most, which goes through its phases in order, can be
/// undone as its phase says, and serves, pauses and counts its epochs as its phase says.
///
/// I13 follows: while a migration goes on its target is what the phase makes it, and after an abort
/// what it was before, so no learner is left that neither a migration nor an operator named.
final class MigrationInvariants {
    private final Reads view;
    private final Violations violations = new Violations();

    private MigrationInvariants(Reads view) {
        this.view = view;
    }

    /// Returns what is wrong with the migrations of a state.
    static List<String> violations(Reads view) {
        MigrationInvariants check = new MigrationInvariants(view);
        for (var row : Transitions.rows(view, Schema.MIGRATIONS)) {
            check.current(row.value());
        }
        for (var row : Transitions.rows(view, Schema.FINISHED_MIGRATIONS)) {
            check.over(row.value());
        }
        for (var row : Transitions.rows(view, Schema.V_SHARDS)) {
            check.vShard(row.value());
        }
        for (var row : Transitions.rows(view, Schema.GHOSTS)) {
            check.ghost(row.value());
        }
        check.checkpoints();
        return check.violations.toList();
    }

    private void current(MigrationRecord migration) {
        MigrationPhase phase = migration.phase();
        violations.unless(
                phase != MigrationPhase.COMPLETED
                        && !(phase == MigrationPhase.ABORTED && migration.fenced()),
                "I9 a migration is over and stands among those that go on: " + migration);
        VShardRecord vShard = vShardOf(migration);
        Engagement should =
                phase == MigrationPhase.ABORTED
                        ? new Engagement.Unfenced(migration.id())
                        : new Engagement.Migrating(migration.id());
        violations.unless(
                vShard.engagement().equals(should),
                "I8 " + vShard + " is not in its migration " + migration.id());
        if (!phase.isFinished()) {
            served(migration, vShard);
            target(migration);
        }
    }

    /// I11, I12: by whom, in which epoch, and whether at all.
    private void served(MigrationRecord migration, VShardRecord vShard) {
        MigrationHeader header = migration.header();
        boolean isOver = migration.phase() == MigrationPhase.CUTOVER;
        boolean isServed =
                isOver
                        ? vShard.leaseholder().equals(header.target())
                                && vShard.epoch().isNextAfter(migration.before().epoch())
                        : vShard.leaseholder().equals(header.source())
                                && vShard.epoch().equals(migration.before().epoch());
        violations.unless(
                isServed, "I11 " + vShard + " is not served as it must be in " + migration);
    }

    /// I10: what an abort would undo is there, and the target is what the phase makes it.
    private void target(MigrationRecord migration) {
        GroupRecord group = view.get(Schema.GROUPS, migration.header().group()).orElseThrow();
        Membership should =
                switch (migration.phase()) {
                    case ADD_LEARNER, CATCH_UP ->
                            migration.before().target() == Membership.VOTER
                                    ? Membership.VOTER
                                    : Membership.LEARNER;
                    case PROMOTE_LEARNER, LEADERSHIP_TRANSFER, CUTOVER, COMPLETED, ABORTED ->
                            Membership.VOTER;
                };
        violations.unless(
                membership(migration, group) == should,
                "I10 the target of " + migration.id() + " is no " + should + " of " + group);
        violations.unless(
                migration.undo().isEmpty()
                        == (migration.phase() == MigrationPhase.CUTOVER
                                || (migration.before().target() != Membership.NONE
                                        && migration
                                                        .phase()
                                                        .compareTo(MigrationPhase.PROMOTE_LEARNER)
                                                < 0)
                                || (migration.before().target() == Membership.VOTER
                                        && migration.phase() == MigrationPhase.PROMOTE_LEARNER)),
                "I10 the undo list does not fit the phase: " + migration);
    }

    private void over(MigrationRecord migration) {
        violations.unless(
                migration.phase().isFinished() && migration.fenced() && migration.undo().isEmpty(),
                "I9 a migration is not over: " + migration);
        violations.unless(
                (migration.phase() == MigrationPhase.ABORTED)
                        == migration.end() instanceof MigrationEnd.Aborted,
                "I9 a migration ended otherwise than its phase says: " + migration);
    }

    private void vShard(VShardRecord vShard) {
        Optional<MigrationId> named =
                switch (vShard.engagement()) {
                    case Engagement.Free _ -> Optional.empty();
                    case Engagement.Migrating(var id) -> Optional.of(id);
                    case Engagement.Unfenced(var id) -> Optional.of(id);
                };
        Optional<MigrationRecord> migration = named.flatMap(id -> view.get(Schema.MIGRATIONS, id));
        violations.unless(
                named.isPresent() == migration.isPresent(),
                "I8 " + vShard + " names a migration that does not go on");
        boolean isPaused = vShard.writes() instanceof Writes.Paused;
        boolean mayPause =
                migration
                        .filter(each -> each.phase() == MigrationPhase.LEADERSHIP_TRANSFER)
                        .isPresent();
        violations.unless(
                isPaused == mayPause,
                "I12 " + vShard + " takes writes otherwise than " + migration);
    }

    private void ghost(Ghost ghost) {
        Optional<VShardRecord> vShard = view.get(Schema.V_SHARDS, ghost.vShard());
        violations.unless(
                ghost.references() > 0
                        && !ghost.source().equals(ghost.target())
                        && vShard.filter(each -> each.isHeldBy(ghost.target(), ghost.epoch()))
                                .isPresent(),
                "I11 a ghost leads nowhere: " + ghost);
    }

    /// I9: each step has left a row, which is as it was written.
    private void checkpoints() {
        Map<MigrationId, Long> steps = new TreeMap<>();
        for (var row : Transitions.rows(view, Schema.MIGRATION_CHECKPOINTS)) {
            CheckpointPlace place = row.key();
            MigrationCheckpoint checkpoint = row.value();
            steps.merge(place.migration(), 1L, Long::sum);
            violations.unless(checkpoint.isIntact(), "I9 a checkpoint is damaged: " + place);
            violations.unless(
                    checkpoint.phaseVersion() == place.phaseVersion(),
                    "I9 a checkpoint is in another place: " + place);
        }
        for (var row : Transitions.rows(view, Schema.MIGRATIONS)) {
            count(row.value(), steps.remove(row.key()));
        }
        for (var row : Transitions.rows(view, Schema.FINISHED_MIGRATIONS)) {
            count(row.value(), steps.remove(row.key()));
        }
        violations.unless(steps.isEmpty(), "I9 checkpoints of no migration: " + steps);
    }

    private void count(MigrationRecord migration, @Nullable Long steps) {
        violations.unless(
                steps != null && steps == migration.stage().phaseVersion(),
                "I9 " + migration.id() + " has other steps than checkpoints: " + steps);
    }

    /// Returns what is wrong with the way from one state to a later one.
    static List<String> violationsBetween(Reads before, Reads after) {
        MigrationInvariants check = new MigrationInvariants(after);
        for (var row : Transitions.rows(before, Schema.MIGRATIONS)) {
            Optional<MigrationRecord> now = Migrations.find(row.key(), after);
            check.violations.unless(now.isPresent(), "I9 migration " + row.key() + " is lost");
            now.ifPresent(next -> check.step(row.value(), next));
        }
        for (var row : Transitions.rows(before, Schema.FINISHED_MIGRATIONS)) {
            Optional<MigrationRecord> now = after.get(Schema.FINISHED_MIGRATIONS, row.key());
            check.violations.unless(
                    now.filter(next -> !next.equals(row.value())).isEmpty(),
                    "I9 a migration that is over changed: " + row.value() + " -> " + now);
        }
        return check.violations.toList();
    }

    private void step(MigrationRecord was, MigrationRecord is) {
        violations.unless(
                is.header().equals(was.header()) && is.before().equals(was.before()),
                "I9 a migration became another one: " + was + " -> " + is);
        long steps = is.stage().phaseVersion() - was.stage().phaseVersion();
        boolean follows =
                steps == 0 ? is.stage().equals(was.stage()) : steps == 1 && leads(was, is.phase());
        violations.unless(follows, "I9 a migration left its way: " + was + " -> " + is);
        violations.unless(
                is.progress().sourceIndex() >= was.progress().sourceIndex()
                        && is.progress().targetIndex() >= was.progress().targetIndex(),
                "I9 progress went back: " + was + " -> " + is);
        if (steps == 1 && is.phase() == MigrationPhase.ABORTED) {
            undone(is);
        }
    }

    private static boolean leads(MigrationRecord was, MigrationPhase to) {
        return switch (was.phase()) {
            case ADD_LEARNER ->
                    to == MigrationPhase.CATCH_UP
                            || to == MigrationPhase.PROMOTE_LEARNER
                            || to == MigrationPhase.ABORTED;
            case CATCH_UP -> to == MigrationPhase.PROMOTE_LEARNER || to == MigrationPhase.ABORTED;
            case PROMOTE_LEARNER ->
                    to == MigrationPhase.LEADERSHIP_TRANSFER || to == MigrationPhase.ABORTED;
            case LEADERSHIP_TRANSFER ->
                    to == MigrationPhase.CUTOVER || to == MigrationPhase.ABORTED;
            case CUTOVER -> to == MigrationPhase.COMPLETED;
            case COMPLETED, ABORTED -> false;
        };
    }

    /// I10: the picture before the start, as far as the target and the writes are concerned.
    private void undone(MigrationRecord migration) {
        GroupRecord group = view.get(Schema.GROUPS, migration.header().group()).orElseThrow();
        VShardRecord vShard = vShardOf(migration);
        violations.unless(
                membership(migration, group) == migration.before().target(),
                "I10 the target is not what it was before " + migration + ": " + group);
        violations.unless(
                vShard.writes() instanceof Writes.Open
                        && vShard.epoch().equals(migration.before().epoch())
                        && vShard.leaseholder().equals(migration.header().source()),
                "I10 " + vShard + " is not as before " + migration);
    }

    private static Membership membership(MigrationRecord migration, GroupRecord group) {
        if (group.voters().contains(migration.header().target())) {
            return Membership.VOTER;
        }
        return group.learners().contains(migration.header().target())
                ? Membership.LEARNER
                : Membership.NONE;
    }

    private VShardRecord vShardOf(MigrationRecord migration) {
        return view.get(Schema.V_SHARDS, migration.header().vShard()).orElseThrow();
    }
}
