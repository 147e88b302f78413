package io.staddle.statemachine.holdings;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/// The clusters of a state. All of them are read at the first question about all of them, and not
/// again: there may be thousands.
final class Roll {
    private final Reads view;
    private @Nullable TreeMap<ClusterId, ClusterRecord> all;
    private long suspects;

    Roll(Reads view) {
        this.view = view;
    }

    Optional<ClusterRecord> get(ClusterId id) {
        return view.get(Schema.CLUSTERS, id);
    }

    /// Returns all clusters if some were as `changed` says, by id.
    Collection<ClusterRecord> allWith(Collection<ClusterRecord> changed) {
        TreeMap<ClusterId, ClusterRecord> next = new TreeMap<>(all());
        changed.forEach(each -> next.put(each.id(), each));
        return next.values();
    }

    /// Counts the clusters if some were as `changed` says.
    long countWith(Collection<ClusterRecord> changed) {
        return all().size()
                + changed.stream().filter(each -> !all().containsKey(each.id())).count();
    }

    /// Counts those that are SUSPECT if some were as `changed` says.
    long suspectsWith(Collection<ClusterRecord> changed) {
        TreeMap<ClusterId, ClusterRecord> before = all();
        long count = suspects;
        for (ClusterRecord each : changed) {
            ClusterRecord former = before.get(each.id());
            count += (isSuspect(each) ? 1 : 0) - (former != null && isSuspect(former) ? 1 : 0);
        }
        return count;
    }

    private TreeMap<ClusterId, ClusterRecord> all() {
        TreeMap<ClusterId, ClusterRecord> known = all;
        if (known == null) {
            known = new TreeMap<>();
            try (var rows = view.scan(Schema.CLUSTERS, KeyRange.all())) {
                while (rows.hasNext()) {
                    Row<ClusterId, ClusterRecord> row = rows.next();
                    known.put(row.key(), row.value());
                }
            }
            suspects = known.values().stream().filter(Roll::isSuspect).count();
            all = known;
        }
        return known;
    }

    private static boolean isSuspect(ClusterRecord cluster) {
        return cluster.state() == ClusterState.SUSPECT;
    }
}
