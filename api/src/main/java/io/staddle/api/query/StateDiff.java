package io.staddle.api.query;

import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.VShardRecord;

import java.util.List;

/// What is not the same in two states. Each list is sorted by what it is about.
///
/// A holding that moved is one change, however many grains are in it: those are not among `grains`,
/// unless something else happened to them, too.
///
/// @param from the revision after which the first state was
/// @param to the revision after which the second one was
/// @param more whether there were more changes than asked for, which are left out
public record StateDiff(
        Revision from,
        Revision to,
        List<Change<Ownership>> grains,
        List<Change<HoldingCount>> holdings,
        List<Change<ClusterRecord>> clusters,
        List<Change<Primacy>> primacy,
        List<Change<Placement>> placements,
        List<Change<NodeRecord>> nodes,
        List<Change<GroupRecord>> groups,
        List<Change<VShardRecord>> vShards,
        List<Change<MigrationRecord>> migrations,
        List<Change<Ghost>> ghosts,
        boolean more) {
    /// Copies the lists.
    public StateDiff {
        grains = List.copyOf(grains);
        holdings = List.copyOf(holdings);
        clusters = List.copyOf(clusters);
        primacy = List.copyOf(primacy);
        placements = List.copyOf(placements);
        nodes = List.copyOf(nodes);
        groups = List.copyOf(groups);
        vShards = List.copyOf(vShards);
        migrations = List.copyOf(migrations);
        ghosts = List.copyOf(ghosts);
    }
}
