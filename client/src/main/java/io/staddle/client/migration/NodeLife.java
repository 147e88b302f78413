package io.staddle.client.migration;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeAddress;

/// One life of a data node, from a start to its end.
///
/// @param incarnation higher than that of each life before
record NodeLife(NodeId node, NodeAddress address, long incarnation) {
    boolean isNamedBy(MigrationRecord migration) {
        return isTargetOf(migration) || migration.header().source().equals(node);
    }

    boolean isTargetOf(MigrationRecord migration) {
        return migration.header().target().equals(node);
    }

    /// Tells whether it may help to get the migration further: what another life of the target was
    /// to do is nobody's any more.
    boolean mayAdvance(MigrationRecord migration) {
        return !isTargetOf(migration) || migration.header().targetIncarnation() == incarnation;
    }
}
