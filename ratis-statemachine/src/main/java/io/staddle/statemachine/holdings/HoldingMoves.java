package io.staddle.statemachine.holdings;

import io.staddle.api.command.Successor;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Decides what becomes of holdings. The cost depends on the number of holdings, that is clusters
/// times types, and never on how many grains are in them.
public final class HoldingMoves {
    private HoldingMoves() {}

    /// Returns what becomes of the holdings with grains that `affected` names, by holding.
    public static List<HoldingMove> plan(
            Reads view, Predicate<Holding> affected, Function<Holding, Fate> fate) {
        List<HoldingMove> moves = new ArrayList<>();
        for (Holding holding : select(view, affected)) {
            long grains = grains(holding, view);
            if (grains > 0) {
                moves.add(
                        new HoldingMove(
                                holding.id(),
                                holding.type(),
                                formerOwner(holding),
                                fate.apply(holding),
                                grains));
            }
        }
        return moves;
    }

    /// Returns what becomes of a holding that `from` cannot keep.
    public static Fate takenOver(
            Holding holding, ClusterId from, Successor wish, Candidates candidates) {
        Optional<ClusterId> next = candidates.successor(from, holding.type(), wish);
        return next.isPresent()
                ? new Fate.To(next.get())
                : new Fate.Stranded(candidates.obstacle(holding.type(), wish));
    }

    /// Returns what becomes of a holding that `from` gives up if another can have it.
    public static Fate keptOrTaken(
            Holding holding, ClusterId from, Successor wish, Candidates candidates) {
        Optional<ClusterId> next = candidates.successor(from, holding.type(), wish);
        return next.isPresent()
                ? new Fate.To(next.get())
                : new Fate.Kept(candidates.obstacle(holding.type(), wish));
    }

    /// Returns the events that forget the holdings without grains that a cluster owns.
    public static List<Event> closures(ClusterId cluster, Reads view) {
        List<Event> events = new ArrayList<>();
        for (Holding holding : select(view, each -> each.isOwnedBy(cluster))) {
            if (grains(holding, view) == 0) {
                events.add(new DirectoryEvent.HoldingClosed(holding.id()));
            }
        }
        return events;
    }

    /// Returns how many grains a cluster owns.
    public static long grainsOwnedBy(ClusterId cluster, Reads view) {
        long grains = 0;
        for (Holding holding : select(view, each -> each.isOwnedBy(cluster))) {
            grains += grains(holding, view);
        }
        return grains;
    }

    private static List<Holding> select(Reads view, Predicate<Holding> affected) {
        List<Holding> selected = new ArrayList<>();
        try (var rows = view.scan(Schema.HOLDINGS, KeyRange.all())) {
            while (rows.hasNext()) {
                Holding holding = rows.next().value();
                if (affected.test(holding)) {
                    selected.add(holding);
                }
            }
        }
        return selected;
    }

    /// Returns how many grains are in a holding.
    public static long grains(Holding holding, Reads view) {
        return view.get(Schema.HOLDING_COUNTS, holding.id()).orElse(0L);
    }

    /// Returns the events of a move, its record last.
    public static List<Event> events(Move move, Reads view) {
        List<Event> events = new ArrayList<>();
        for (HoldingMove each : move.holdings()) {
            Holding holding = view.get(Schema.HOLDINGS, each.holding()).orElseThrow();
            switch (each.fate()) {
                case Fate.To(var owner) ->
                        events.add(moved(move, each, holding, new Holder.Owner(owner)));
                case Fate.Stranded _ ->
                        events.add(moved(move, each, holding, new Holder.Stranded(each.from())));
                case Fate.Kept _ -> {
                    // It stays where it is; the record of the move says why.
                }
            }
        }
        events.add(new ClusterEvent.MoveRecorded(move));
        return events;
    }

    private static DirectoryEvent moved(Move move, HoldingMove each, Holding holding, Holder next) {
        return new DirectoryEvent.HoldingMoved(
                each.holding(),
                each.type(),
                each.from(),
                next,
                holding.shift() + 1,
                each.grains(),
                move.kind(),
                move.id());
    }

    private static ClusterId formerOwner(Holding holding) {
        return switch (holding.holder()) {
            case Holder.Owner(var owner) -> owner;
            case Holder.Stranded(var former) -> former;
        };
    }
}
