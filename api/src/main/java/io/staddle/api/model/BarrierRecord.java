package io.staddle.api.model;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.Token;

/// A two-phase checkpoint of the participants of a scope, for its whole life. Who they are, and
/// what each said, stands beside it: [Participation].
///
/// @param token of the coordinator that began it; whoever has a later one may decide it
/// @param beganMillis logical time in milliseconds since 1970
/// @param timeoutMillis how long it may take
/// @param deadlineMillis when it is aborted unless it was decided, in logical time; later if there
///     was another leader meanwhile
public record BarrierRecord(
        BarrierId id,
        CheckpointId checkpoint,
        Token token,
        WatermarkPolicy policy,
        Tally tally,
        long beganMillis,
        long timeoutMillis,
        long deadlineMillis,
        BarrierDecision decision) {

    /// Returns how far it has got.
    public BarrierStatus status() {
        return switch (decision) {
            case BarrierDecision.Committed same -> BarrierStatus.COMMITTED;
            case BarrierDecision.Aborted same -> BarrierStatus.ABORTED;
            case BarrierDecision.Open same ->
                    tally.isComplete() ? BarrierStatus.READY : BarrierStatus.PREPARE;
        };
    }

    /// Returns it with one more participant that is prepared.
    public BarrierRecord with(Vote.Prepared vote) {
        return with(tally.with(vote), deadlineMillis, decision);
    }

    /// Returns it decided.
    public BarrierRecord decided(BarrierDecision how) {
        return with(tally, deadlineMillis, how);
    }

    /// Returns it with another deadline.
    public BarrierRecord until(long millis) {
        return with(tally, millis, decision);
    }

    private BarrierRecord with(Tally votes, long untilMillis, BarrierDecision how) {
        return new BarrierRecord(
                id, checkpoint, token, policy, votes, beganMillis, timeoutMillis, untilMillis, how);
    }
}
