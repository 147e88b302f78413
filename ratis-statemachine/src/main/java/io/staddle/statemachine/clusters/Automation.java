package io.staddle.statemachine.clusters;

import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Whether things happen by themselves.
final class Automation {
    private Automation() {}

    /// Returns the pause for all clusters.
    static Optional<Pause> pauseOfAll(Reads view) {
        return view.get(Schema.AUTOMATION, Schema.ONLY);
    }

    /// Says by which pause nothing happens to a cluster by itself; empty if there is none.
    static Optional<Refusal> heldBy(ClusterRecord cluster, Reads view) {
        Optional<Pause> ofAll = pauseOfAll(view);
        if (ofAll.isPresent()) {
            return Optional.of(new Refusal.AutomationPaused(Reach.ALL, ofAll.get()));
        }
        return cluster.pause()
                .map(pause ->
                        new Refusal.AutomationPaused(new Reach.OneCluster(cluster.id()), pause));
    }
}
