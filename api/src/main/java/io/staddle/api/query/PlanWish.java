package io.staddle.api.query;

import io.staddle.api.id.NodeId;

/// What a plan of migrations is for.
public sealed interface PlanWish {
    /// Nodes that leave are emptied, and the others have about as much each.
    record Even() implements PlanWish {}

    /// A node is emptied, whether it leaves already or not.
    record Drain(NodeId node) implements PlanWish {}

    /// A node gets as much as the others have.
    record Fill(NodeId node) implements PlanWish {}
}
