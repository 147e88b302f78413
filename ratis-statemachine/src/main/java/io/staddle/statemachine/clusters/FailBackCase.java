package io.staddle.statemachine.clusters;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// A fail-back: the cluster gets what it had claimed and lost.
record FailBackCase(ClusterRecord cluster, Candidates candidates) implements MoveCase {
    @Override
    public List<Refusal> heldBy(Reads view, long nowMillis) {
        return candidates.unfitness(cluster.id()).stream()
                .<Refusal>map(why -> new Refusal.SuccessorIneligible(cluster.id(), why))
                .toList();
    }

    @Override
    public Draft draft(MoveId id, Reads view, Tick tick) {
        ClusterId back = cluster.id();
        Successor itself = new Successor.Named(back);
        List<HoldingMove> moves =
                HoldingMoves.plan(
                        view,
                        holding -> holding.cluster().equals(back) && !holding.isOwnedBy(back),
                        holding -> HoldingMoves.keptOrTaken(holding, back, itself, candidates));
        Move move =
                new Move(
                        id,
                        MoveKind.FAIL_BACK,
                        back,
                        cluster.fence(),
                        Optional.empty(),
                        moves,
                        tick.since());
        return new Draft(move, HoldingMoves.events(move, view));
    }
}
