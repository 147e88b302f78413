package io.staddle.statemachine.balance;

import io.staddle.api.id.NodeId;
import io.staddle.api.query.ShiftReason;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Lets nodes vote in about as many groups each. A replica goes from a node to another by a vShard
/// of the group, which brings the other one in; the first one then goes, as it serves nothing there
/// any more.
///
/// Each such move takes from a node that has at least two more than the one that gets it: so the
/// sum of the squares falls, and it comes to an end.
final class EvenReplicas {
    private final Spread spread;

    EvenReplicas(Spread spread) {
        this.spread = spread;
    }

    /// Returns the next move to one of the nodes.
    Optional<Shift> next(List<NodeId> receivers) {
        List<NodeId> givers = spread.nodes(Part.OPEN).stream().sorted(fewest().reversed()).toList();
        List<NodeId> takers = receivers.stream().sorted(fewest()).toList();
        return givers.stream()
                .flatMap(giver ->
                        takers.stream()
                                .takeWhile(taker ->
                                        spread.replicas(giver) - spread.replicas(taker) >= 2)
                                .flatMap(taker -> between(giver, taker).stream()))
                .findFirst();
    }

    private Comparator<NodeId> fewest() {
        return Comparator.comparingInt(spread::replicas)
                .thenComparingInt(spread::served)
                .thenComparing(Comparator.naturalOrder());
    }

    private Optional<Shift> between(NodeId giver, NodeId taker) {
        return spread.groups().stream()
                .filter(group -> group.voters().contains(giver))
                .filter(group -> !group.voters().contains(taker))
                .filter(group -> group.voters().size() == group.replicationFactor())
                .filter(group -> group.canEmpty(giver))
                .sorted(Comparator.comparingInt(group -> group.servedBy(giver)))
                .flatMap(group -> in(group, giver, taker).stream())
                .findFirst();
    }

    /// What the giver serves goes to the others, but for the last: that brings the taker in.
    private Optional<Shift> in(GroupSpread group, NodeId giver, NodeId taker) {
        Optional<NodeId> other = spread.idlest(spread.openVoters(group, giver));
        return other.isPresent() && group.servedBy(giver) > 1
                ? spread.shift(group, giver, other.get(), ShiftReason.REPLICAS, giver)
                : spread.carry(group, giver, taker, ShiftReason.REPLICAS);
    }
}
