package io.staddle.statemachine.holdings;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The clusters of a state. All of them are read at the first question about all of them, and not
/// again: there may be thousands.
final class Roll {
    private final Reads view;
    private @Nullable List<ClusterRecord> all;
    private long suspects;

    Roll(Reads view) {
        this.view = view;
    }

    Optional<ClusterRecord> get(ClusterId id) {
        return view.get(Schema.CLUSTERS, id);
    }

    /// Returns all clusters if some were as `changed` says, by id.
    Collection<ClusterRecord> allWith(Collection<ClusterRecord> changed) {
        if (changed.isEmpty()) {
            return all();
        }
        Map<ClusterId, ClusterRecord> next = new TreeMap<>();
        all().forEach(each -> next.put(each.id(), each));
        changed.forEach(each -> next.put(each.id(), each));
        return next.values();
    }

    /// Counts the clusters if some were as `changed` says.
    long countWith(Collection<ClusterRecord> changed) {
        return all().size() + changed.stream().filter(each -> get(each.id()).isEmpty()).count();
    }

    /// Counts those that are SUSPECT if some were as `changed` says.
    long suspectsWith(Collection<ClusterRecord> changed) {
        all();
        long count = suspects;
        for (ClusterRecord each : changed) {
            boolean was = get(each.id()).filter(Roll::isSuspect).isPresent();
            count += (isSuspect(each) ? 1 : 0) - (was ? 1 : 0);
        }
        return count;
    }

    private List<ClusterRecord> all() {
        List<ClusterRecord> known = all;
        if (known == null) {
            known = new ArrayList<>();
            try (var rows = view.scan(Schema.CLUSTERS, KeyRange.all())) {
                while (rows.hasNext()) {
                    ClusterRecord cluster = rows.next().value();
                    known.add(cluster);
                    suspects += isSuspect(cluster) ? 1 : 0;
                }
            }
            all = known;
        }
        return known;
    }

    private static boolean isSuspect(ClusterRecord cluster) {
        return cluster.state() == ClusterState.SUSPECT;
    }
}
