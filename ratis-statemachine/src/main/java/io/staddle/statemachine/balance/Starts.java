package io.staddle.statemachine.balance;

import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

/// How the moves of a plan begin.
final class Starts {
    private static final long UNKNOWN = 1;

    private Starts() {}

    /// Returns the command that begins a move on the state that `view` shows. What is not known is
    /// refused by the rules.
    static StartMigration start(MigrationId id, Target target, long budgetMicros, Reads view) {
        return new StartMigration(
                id,
                target.vShard(),
                target.node(),
                view.get(Schema.NODES, target.node()).map(NodeRecord::incarnation).orElse(UNKNOWN),
                budgetMicros,
                false,
                view.get(Schema.V_SHARDS, target.vShard())
                        .map(VShardRecord::epoch)
                        .orElse(Epoch.NONE));
    }
}
