package io.staddle.statemachine.restore;

import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Coordinator;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

import java.util.List;

/// Raises the epochs and tokens of scopes.
final class BarrierRaiseProjection {
    private static final String REASON = "the deployment was restored from a backup";

    private BarrierRaiseProjection() {}

    static void raise(Batch batch, long by) {
        for (BarrierRecord open : batch.values(Schema.BARRIERS)) {
            abort(open, batch);
        }
        for (BarrierScope scope : batch.values(Schema.BARRIER_SCOPES)) {
            Coordinator was = scope.coordinator();
            Token token = new Token(was.token().value() + by);
            batch.update(
                    Schema.BARRIER_SCOPES,
                    scope.id(),
                    scope.coordinatedBy(new Coordinator(was.node(), was.incarnation(), token))
                            .begun(scope.lastEpoch() + by));
        }
    }

    /// How it was decided in the old deployment, if it was, nobody knows: nobody may go on with it.
    private static void abort(BarrierRecord open, Batch batch) {
        BarrierDecision aborted =
                new BarrierDecision.Aborted(
                        BarrierAbortCode.OPERATOR,
                        REASON,
                        List.of(),
                        Numbers.get(batch, Numbers.LOGICAL_NOW));
        batch.delete(Schema.BARRIERS, open.id());
        batch.insert(Schema.DECIDED_BARRIERS, open.id(), open.decided(aborted));
    }
}
