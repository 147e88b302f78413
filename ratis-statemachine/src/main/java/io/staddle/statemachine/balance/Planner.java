package io.staddle.statemachine.balance;

import io.staddle.api.id.NodeId;
import io.staddle.api.query.PlanWish;
import io.staddle.api.refusal.Refusal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Finds moves, in the order in which they should be made:
///
/// ```
/// 1 whatever takes something from a node that leaves
/// 2 whatever lets a group lose voters that it does not need
/// 3 replicas, unless they are even within the tolerance
/// 4 vShards,  unless they are even within the tolerance
/// ```
///
/// What is uneven beyond the tolerance is made as even as can be; what is within is left alone. So
/// a move that was made is never taken back by the next plan, and small differences move nothing.
final class Planner {
    /// The most moves of a plan.
    static final int MOVES_MAX = 1_000;

    private final Spread spread;
    private final PlanWish wish;
    private final long tolerancePercent;
    private boolean levelsReplicas;
    private boolean levelsLeases;

    /// @param tolerancePercent how much of the mean the largest and the smallest may differ by
    Planner(Spread spread, PlanWish wish, long tolerancePercent) {
        this.spread = spread;
        this.wish = wish;
        this.tolerancePercent = tolerancePercent;
    }

    /// Returns the moves, and has made them in the spread.
    List<Shift> plan() {
        spread.trim();
        List<Shift> shifts = new ArrayList<>();
        Optional<Shift> next = next();
        while (next.isPresent() && shifts.size() < MOVES_MAX) {
            shifts.add(next.get());
            spread.move(next.get());
            next = next();
        }
        return shifts;
    }

    /// Returns what keeps nodes that leave from being empty when all moves were made.
    List<Refusal> stuck() {
        return new Drain(spread).stuck(leaving());
    }

    private List<NodeId> leaving() {
        return switch (wish) {
            case PlanWish.Even _ -> spread.nodes(Part.LEAVING);
            case PlanWish.Drain(var node) -> List.of(node);
            case PlanWish.Fill _ -> List.of();
        };
    }

    private Optional<Shift> next() {
        return switch (wish) {
            case PlanWish.Drain _ -> new Drain(spread).next(leaving());
            case PlanWish.Fill(var node) ->
                    new Surplus(spread)
                            .next()
                            .or(() -> new EvenReplicas(spread).next(List.of(node)))
                            .or(() -> new EvenLeases(spread).next(List.of(node)));
            case PlanWish.Even _ ->
                    new Drain(spread)
                            .next(leaving())
                            .or(() -> new Surplus(spread).next())
                            .or(this::replicas)
                            .or(this::leases);
        };
    }

    private Optional<Shift> replicas() {
        List<NodeId> open = spread.nodes(Part.OPEN);
        levelsReplicas |= isUneven(open, spread::replicas);
        return levelsReplicas ? new EvenReplicas(spread).next(open) : Optional.empty();
    }

    private Optional<Shift> leases() {
        List<NodeId> open = spread.nodes(Part.OPEN);
        levelsLeases |= isUneven(open, spread::served);
        return levelsLeases ? new EvenLeases(spread).next(open) : Optional.empty();
    }

    /// A difference of one is even whatever the tolerance.
    private boolean isUneven(Collection<NodeId> nodes, ToIntFunction<NodeId> count) {
        if (nodes.isEmpty()) {
            return false;
        }
        List<Integer> counts =
                nodes.stream().map(count::applyAsInt).sorted(Comparator.naturalOrder()).toList();
        long sum = counts.stream().mapToLong(Integer::longValue).sum();
        long tolerated = Math.max(1, sum * tolerancePercent / (100L * nodes.size()));
        return counts.getLast() - counts.getFirst() > tolerated;
    }
}
