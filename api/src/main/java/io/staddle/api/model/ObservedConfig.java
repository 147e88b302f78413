package io.staddle.api.model;

import io.staddle.api.id.NodeId;

/// Which membership of its group a node says it has put into effect.
///
/// @param incarnation the life of the node that says so: what an earlier one said counts no more
public record ObservedConfig(NodeId node, long incarnation, long configVersion) {
    /// Returns it after a removal took effect in the whole group.
    ObservedConfig after(Removal removal) {
        return configVersion + 1 == removal.configVersion()
                ? new ObservedConfig(node, incarnation, removal.configVersion())
                : this;
    }
}
