package io.staddle.statemachine.migration;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Refusals that the rules about migrations share.
final class MigrationRefusals {
    private MigrationRefusals() {}

    static Refusal notFound(MigrationId id) {
        return new Refusal.NotFound("migration", id.value());
    }

    static Refusal phaseConflict(MigrationRecord migration, long seen) {
        return new Refusal.PhaseConflict(
                migration.id(), migration.phase(), seen, migration.stage().phaseVersion());
    }

    static Refusal illegal(MigrationRecord migration, String to) {
        return new Refusal.IllegalTransition(
                "migration", migration.id().value(), migration.phase().name(), to);
    }

    static Refusal notCaughtUp(MigrationRecord migration, long lag, long max) {
        return new Refusal.NotCaughtUp(migration.id(), lag, max);
    }

    /// Refuses a target that was restarted since, or that takes part no more. It is known: who is
    /// in a group is never forgotten.
    static Optional<Refusal> unfitTarget(MigrationRecord migration, Reads view) {
        NodeRecord target = view.get(Schema.NODES, migration.header().target()).orElseThrow();
        long meant = migration.header().targetIncarnation();
        if (target.incarnation() != meant) {
            return Optional.of(
                    new Refusal.StaleIncarnation(target.id(), meant, target.incarnation()));
        }
        return target.state() == NodeState.ACTIVE
                ? Optional.empty()
                : Optional.of(new Refusal.NodeNotActive(target.id(), target.state()));
    }
}
