package io.staddle.statemachine.clusters;

import io.staddle.api.command.Successor;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Holding;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Unfitness;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// An evacuation: the cluster hands over what it owns, and lives on.
record EvacuationCase(
        ClusterRecord cluster, List<GrainType> types, Successor wish, Candidates candidates)
        implements MoveCase {
    @Override
    public List<Refusal> heldBy(Reads view, long nowMillis) {
        return switch (wish) {
            case Successor.ByPlacement _ -> List.of();
            case Successor.Named(var named) -> {
                Optional<Unfitness> unfit =
                        named.equals(cluster.id())
                                ? Optional.of(Unfitness.GIVES_UP)
                                : candidates.unfitness(named);
                yield unfit.stream()
                        .<Refusal>map(why -> new Refusal.SuccessorIneligible(named, why))
                        .toList();
            }
        };
    }

    @Override
    public Draft draft(MoveId id, Reads view, Tick tick) {
        List<HoldingMove> moves =
                HoldingMoves.plan(
                        view,
                        holding -> holding.isOwnedBy(cluster.id()) && isNamed(holding),
                        holding ->
                                HoldingMoves.keptOrTaken(holding, cluster.id(), wish, candidates));
        Move move =
                new Move(
                        id,
                        MoveKind.EVACUATION,
                        cluster.id(),
                        cluster.fence(),
                        Optional.empty(),
                        moves,
                        tick.since());
        return new Draft(move, HoldingMoves.events(move, view));
    }

    private boolean isNamed(Holding holding) {
        return types.isEmpty() || types.contains(holding.type());
    }
}
