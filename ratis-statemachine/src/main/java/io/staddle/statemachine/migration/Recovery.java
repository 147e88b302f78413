package io.staddle.statemachine.migration;

import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Config;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.api.query.RecoveryAction;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.LeaseHold;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// What a leader does about the migrations that it finds: the first of these that fits.
///
/// ```
/// cut over                                             FINISH
/// aborted, and not fenced at the data plane            WAIT
/// writes paused for longer than the budget             ABORT  PAUSE_BUDGET_EXCEEDED
/// the leader is new                                    WAIT
/// the target is not ACTIVE, or has lived on            ABORT  TARGET_LOST, TARGET_REPLACED
/// the target is silent                                 ABORT  TARGET_UNREACHABLE
/// it catches up, and gets nothing                      ABORT  CATCH_UP_TIMEOUT
/// no step and no progress for long                     ABORT  STALE
/// else                                                 RESUME
/// ```
///
/// A pause that is over its budget does not wait for a new leader's grace: writes must open, and
/// nothing that the leader may not have heard could change that. Else what a leader's clock has
/// jumped over counts as nobody's silence or standstill: see [LeaseHold#elapsed]. The rules decide
/// on an abort in the same way, for the time of the entry ([#abortion]).
public final class Recovery {
    private final Reads view;
    private final Config config;
    private final long nowMillis;
    private final long readyMillis;

    /// Decides on the state that `view` shows.
    ///
    /// @param nowMillis logical time
    /// @param readyMillis since when the leader leads, in logical time
    public Recovery(Reads view, long nowMillis, long readyMillis) {
        this.view = view;
        this.nowMillis = nowMillis;
        this.readyMillis = readyMillis;
        config = Configs.of(view);
    }

    /// Returns a decision for each migration that goes on, or is not fenced; sorted.
    public List<RecoveryDecision> decisions() {
        return Migrations.current(view).stream().map(this::decide).toList();
    }

    /// Returns the decision for one of them.
    public RecoveryDecision decide(MigrationRecord migration) {
        if (migration.phase() == MigrationPhase.CUTOVER) {
            return plain(migration, RecoveryAction.FINISH, "it was cut over");
        }
        if (migration.phase().isFinished()) {
            return plain(migration, RecoveryAction.WAIT, "the data plane has not fenced it");
        }
        Optional<RecoveryDecision> abortion = abortion(migration);
        boolean isHasty =
                nowMillis - readyMillis < config.get(Setting.RECOVERY_GRACE_MILLIS)
                        && overrun(migration).isEmpty();
        if (abortion.isPresent() && isHasty) {
            return plain(migration, RecoveryAction.WAIT, "the leader is new");
        }
        return abortion.orElseGet(() -> plain(migration, RecoveryAction.RESUME, "it goes on"));
    }

    /// Returns why a migration that was not cut over is given up; empty if it is not. It is the
    /// same for a leader that is new.
    Optional<RecoveryDecision> abortion(MigrationRecord migration) {
        return overrun(migration)
                .or(() -> replaced(migration))
                .or(() -> silent(migration))
                .or(() -> standstill(migration));
    }

    private Optional<RecoveryDecision> overrun(MigrationRecord migration) {
        VShardRecord vShard = view.get(Schema.V_SHARDS, migration.header().vShard()).orElseThrow();
        return vShard.writes() instanceof Writes.Paused(var until) && nowMillis > until
                ? Optional.of(
                        abort(
                                migration,
                                AbortCode.PAUSE_BUDGET_EXCEEDED,
                                "writes are paused for longer than the budget of "
                                        + migration.header().budgetMicros()
                                        + " us"))
                : Optional.empty();
    }

    private Optional<RecoveryDecision> replaced(MigrationRecord migration) {
        return MigrationRefusals.unfitTarget(migration, view)
                .map(why -> abort(migration, code(why), RefusalText.of(why).message()));
    }

    private static AbortCode code(Refusal unfit) {
        return unfit instanceof Refusal.StaleIncarnation
                ? AbortCode.TARGET_REPLACED
                : AbortCode.TARGET_LOST;
    }

    private Optional<RecoveryDecision> silent(MigrationRecord migration) {
        NodeRecord target = view.get(Schema.NODES, migration.header().target()).orElseThrow();
        long silent = LeaseHold.elapsed(target.seenMillis(), nowMillis, view);
        return silent > config.get(Setting.NODE_SUSPECT_AFTER_MILLIS)
                ? Optional.of(
                        abort(
                                migration,
                                AbortCode.TARGET_UNREACHABLE,
                                "the target is silent for " + silent + " ms"))
                : Optional.empty();
    }

    private Optional<RecoveryDecision> standstill(MigrationRecord migration) {
        long since =
                Math.max(migration.progress().advancedMillis(), migration.stage().sinceMillis());
        long standing = LeaseHold.elapsed(since, nowMillis, view);
        boolean isBehind = migration.progress().lag() != 0;
        if (migration.phase() == MigrationPhase.CATCH_UP
                && isBehind
                && standing > config.get(Setting.CATCH_UP_TIMEOUT_MILLIS)) {
            return Optional.of(
                    abort(
                            migration,
                            AbortCode.CATCH_UP_TIMEOUT,
                            "the target got nothing for " + standing + " ms"));
        }
        return standing > config.get(Setting.MIGRATION_ABORT_MILLIS)
                ? Optional.of(
                        abort(
                                migration,
                                AbortCode.STALE,
                                "there was no step and no progress for " + standing + " ms"))
                : Optional.empty();
    }

    private static RecoveryDecision plain(
            MigrationRecord migration, RecoveryAction action, String reason) {
        return new RecoveryDecision(migration.id(), action, Optional.empty(), reason);
    }

    private static RecoveryDecision abort(
            MigrationRecord migration, AbortCode code, String reason) {
        return new RecoveryDecision(
                migration.id(), RecoveryAction.ABORT, Optional.of(code), reason);
    }
}
