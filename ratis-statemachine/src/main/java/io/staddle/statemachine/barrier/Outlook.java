package io.staddle.statemachine.barrier;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;

/// What decides whether open barriers are [Hopeless], apart from deadlines. Votes only make it
/// better. So as long as it stays as it was when none was hopeless, none is: whoever looks often
/// compares this, which is in memory, and need not read all participants again.
///
/// @param open the barriers that are not decided
/// @param lives the data nodes that are registered
public record Outlook(List<BarrierId> open, List<Life> lives) {
    /// A data node.
    ///
    /// @param silent whether it has not been heard for too long
    public record Life(NodeId node, long incarnation, boolean silent) {}

    /// Copies the lists.
    public Outlook {
        open = List.copyOf(open);
        lives = List.copyOf(lives);
    }

    /// Looks.
    public static Outlook of(Reads view, long nowMillis) {
        return new Outlook(
                view.values(Schema.BARRIERS).stream().map(BarrierRecord::id).toList(),
                view.values(Schema.NODES).stream()
                        .map(node ->
                                new Life(
                                        node.id(),
                                        node.incarnation(),
                                        Hopeless.isSilent(node, view, nowMillis)))
                        .toList());
    }
}
