package io.staddle.statemachine.balance;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.query.ShiftReason;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Lets nodes serve about as many vShards each, by moves to who votes in the group already: no data
/// is copied.
///
/// A node that serves too many may have no group in common with the one that serves too few. So a
/// way of nodes is looked for, each of which has one with the next, and each gives one vShard to
/// the next: all but the ends have as many as before.
final class EvenLeases {
    private final Spread spread;

    EvenLeases(Spread spread) {
        this.spread = spread;
    }

    /// A step on the way: from which node, in which group.
    private record Step(NodeId from, GroupId group, int length) {}

    /// Returns the next move to one of the nodes: the last one of a way.
    Optional<Shift> next(List<NodeId> receivers) {
        return spread.nodes(Part.OPEN).stream()
                .sorted(Comparator.comparingInt(spread::served).reversed())
                .flatMap(giver -> from(giver, receivers).stream())
                .findFirst();
    }

    private Optional<Shift> from(NodeId giver, List<NodeId> receivers) {
        if (receivers.stream().noneMatch(node -> isRelief(giver, node))) {
            return Optional.empty();
        }
        Map<NodeId, Step> ways = ways(giver);
        return ways.keySet().stream()
                .filter(receivers::contains)
                .filter(node -> isRelief(giver, node))
                .min(
                        Comparator.comparingInt(spread::served)
                                .thenComparingInt(node -> length(ways, node))
                                .thenComparing(Comparator.naturalOrder()))
                .flatMap(taker -> last(ways, taker, giver));
    }

    private boolean isRelief(NodeId giver, NodeId taker) {
        return spread.served(giver) - spread.served(taker) >= 2;
    }

    private static int length(Map<NodeId, Step> ways, NodeId node) {
        return Optional.ofNullable(ways.get(node)).orElseThrow().length();
    }

    private Optional<Shift> last(Map<NodeId, Step> ways, NodeId taker, NodeId giver) {
        Step step = Optional.ofNullable(ways.get(taker)).orElseThrow();
        return spread.shift(
                spread.group(step.group()), step.from(), taker, ShiftReason.LEASES, giver);
    }

    /// Returns the last step of the shortest way to each node that can be reached.
    private Map<NodeId, Step> ways(NodeId giver) {
        Map<NodeId, Step> ways = new TreeMap<>();
        Deque<NodeId> next = new ArrayDeque<>(List.of(giver));
        while (!next.isEmpty()) {
            NodeId from = next.removeFirst();
            int length = from.equals(giver) ? 1 : length(ways, from) + 1;
            for (GroupSpread group : spread.groups()) {
                if (group.movable(from).isPresent() && !isTooLarge(group)) {
                    spread.openVoters(group, from)
                            .filter(to -> !to.equals(giver) && !ways.containsKey(to))
                            .forEach(to -> {
                                ways.put(to, new Step(from, group.id(), length));
                                next.addLast(to);
                            });
                }
            }
        }
        return ways;
    }

    /// One of its voters is about to go.
    private static boolean isTooLarge(GroupSpread group) {
        return group.voters().size() > group.replicationFactor();
    }
}
