package io.staddle.statemachine.balance;

import io.staddle.api.id.NodeId;
import io.staddle.api.query.ShiftReason;

import java.util.Optional;

/// Empties a voter of each group that has more than it needs, if all of them serve something: so
/// that one can go.
final class Surplus {
    private final Spread spread;

    Surplus(Spread spread) {
        this.spread = spread;
    }

    Optional<Shift> next() {
        return spread.groups().stream()
                .filter(group -> group.voters().size() > group.replicationFactor())
                .filter(group -> spread.surplus(group).isEmpty())
                .flatMap(group -> in(group).stream())
                .findFirst();
    }

    private Optional<Shift> in(GroupSpread group) {
        Optional<NodeId> goes =
                group.voters().stream()
                        .filter(node -> spread.part(node) != Part.CLOSED && group.canEmpty(node))
                        .filter(node -> spread.openVoters(group, node).findFirst().isPresent())
                        .min(spread.dispensable(group));
        return goes.flatMap(node ->
                spread.idlest(spread.openVoters(group, node))
                        .flatMap(to -> spread.shift(group, node, to, ShiftReason.SURPLUS, node)));
    }
}
