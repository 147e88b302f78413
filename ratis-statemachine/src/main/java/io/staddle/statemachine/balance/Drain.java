package io.staddle.statemachine.balance;

import io.staddle.api.id.NodeId;
import io.staddle.api.query.ShiftReason;
import io.staddle.api.refusal.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Empties nodes that leave: where a group needs them somebody else joins it first, and then what
/// they serve goes to who votes there.
final class Drain {
    private final Spread spread;

    Drain(Spread spread) {
        this.spread = spread;
    }

    /// Returns the next move that takes something from one of the nodes.
    Optional<Shift> next(List<NodeId> leaving) {
        return leaving.stream()
                .flatMap(node ->
                        spread.groups().stream()
                                .filter(group -> group.voters().contains(node))
                                .flatMap(group -> from(node, group).stream()))
                .findFirst();
    }

    private Optional<Shift> from(NodeId node, GroupSpread group) {
        Optional<NodeId> joiner = isNeeded(node, group) ? spread.joiner(group) : Optional.empty();
        return joiner.flatMap(to -> spread.carry(group, node, to, ShiftReason.DRAIN))
                .or(() -> give(node, group));
    }

    private Optional<Shift> give(NodeId node, GroupSpread group) {
        return spread.idlest(spread.openVoters(group, node))
                .or(() -> spread.joiner(group))
                .flatMap(to -> spread.shift(group, node, to, ShiftReason.DRAIN, node));
    }

    private static boolean isNeeded(NodeId node, GroupSpread group) {
        return group.voters().contains(node)
                && group.voters().size() - 1 < group.replicationFactor();
    }

    /// Returns what keeps the nodes from being empty when all moves were made.
    List<Refusal> stuck(List<NodeId> leaving) {
        List<Refusal> stuck = new ArrayList<>();
        for (NodeId node : leaving) {
            for (GroupSpread group : spread.groups()) {
                if (isNeeded(node, group) && spread.joiner(group).isEmpty()) {
                    stuck.add(
                            new Refusal.WouldViolateRf(
                                    node,
                                    group.id(),
                                    group.voters().size() - 1,
                                    group.replicationFactor()));
                } else if (group.voters().contains(node)) {
                    stuck.add(new Refusal.NodeInUse(node, group.id()));
                }
            }
        }
        return stuck;
    }
}
