package io.staddle.statemachine.clusters;

import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.FailoverCase.Insistence;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.storage.Reads;

import java.util.List;

/// A move that somebody wants: what holds it back, and what it does all the same. The rules and the
/// plans ask both here, so that a plan says what would be decided.
sealed interface MoveCase permits DemotionCase, FailBackCase, EvacuationCase {
    /// Returns the case of a command about `cluster`.
    static MoveCase of(OfHoldings command, ClusterRecord cluster, Reads view) {
        Candidates now = Candidates.of(view);
        return switch (command) {
            case FailOver c ->
                    new DemotionCase(
                            FailoverCase.of(
                                    cluster,
                                    c.cause(),
                                    c.force() ? Insistence.ALSO_WITHOUT_PRIMARY : Insistence.NONE,
                                    c.successor(),
                                    now),
                            c.seenFence(),
                            DemotionCase.Of.ANY_CLUSTER);
            case DemoteAndPromote c ->
                    new DemotionCase(
                            FailoverCase.of(
                                    cluster,
                                    FailoverCause.OPERATOR,
                                    Insistence.ALSO_IF_HEALTHY,
                                    c.successor(),
                                    now),
                            c.seenFence(),
                            DemotionCase.Of.THE_PRIMARY);
            case FailBack _ -> new FailBackCase(cluster, now);
            case Evacuate c -> new EvacuationCase(cluster, c.types(), c.successor(), now);
        };
    }

    /// Returns what holds it back now, in the order in which a command meets it.
    List<Refusal> heldBy(Reads view, long nowMillis);

    /// Returns what it does.
    Draft draft(MoveId id, Reads view, Tick tick);
}
