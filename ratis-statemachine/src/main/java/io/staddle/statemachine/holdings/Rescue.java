package io.staddle.statemachine.holdings;

import io.staddle.api.command.Successor;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// Stranded holdings get an owner as soon as placement and health allow one.
///
/// It happens within the command that makes it possible, so no retry and no timer is needed.
public final class Rescue {
    private static final Successor BY_PLACEMENT = new Successor.ByPlacement();

    private Rescue() {}

    /// Returns the events of the rescue that has become possible; empty if none has.
    ///
    /// @param candidates those of the state after the command
    public static List<Event> events(Reads view, Candidates candidates, Tick tick) {
        List<HoldingMove> moves =
                HoldingMoves.plan(
                        view,
                        holding -> canBeRescued(holding, candidates),
                        holding -> new Fate.To(rescuer(holding, candidates)));
        if (moves.isEmpty()) {
            return List.of();
        }
        Move move =
                new Move(
                        MoveId.ofRescue(tick.revision()),
                        MoveKind.RESCUE,
                        moves.getFirst().from(),
                        fence(moves.getFirst().from(), view),
                        Optional.empty(),
                        moves,
                        tick.since());
        return HoldingMoves.events(move, view);
    }

    private static boolean canBeRescued(Holding holding, Candidates candidates) {
        return holding.holder() instanceof Holder.Stranded(var former)
                && successor(holding, former, candidates).isPresent();
    }

    private static ClusterId rescuer(Holding holding, Candidates candidates) {
        return switch (holding.holder()) {
            case Holder.Stranded(var former) ->
                    successor(holding, former, candidates).orElseThrow();
            case Holder.Owner(var owner) -> owner;
        };
    }

    private static Fence fence(ClusterId cluster, Reads view) {
        return view.get(Schema.FENCES, cluster).orElse(Fence.NONE);
    }

    /// The cluster that failed comes first if it is healthy again: it may still have the state.
    private static Optional<ClusterId> successor(
            Holding holding, ClusterId former, Candidates candidates) {
        var itself = candidates.successor(former, holding.type(), new Successor.Named(former));
        return itself.isPresent()
                ? itself
                : candidates.successor(former, holding.type(), BY_PLACEMENT);
    }
}
