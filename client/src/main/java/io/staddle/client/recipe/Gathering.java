package io.staddle.client.recipe;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;

import java.util.Set;

/// Who meets at a [DoubleBarrier].
///
/// @param scope its name
/// @param members all of them, `self` included; the same for each
public record Gathering(ScopeId scope, Set<NodeId> members, NodeId self) {
    /// Refuses one that is not among them.
    public Gathering {
        members = Set.copyOf(members);
        if (!members.contains(self)) {
            throw new IllegalArgumentException(
                    "one of " + members + " was expected, but it is " + self);
        }
    }
}
