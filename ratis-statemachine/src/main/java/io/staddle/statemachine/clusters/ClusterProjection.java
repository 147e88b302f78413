package io.staddle.statemachine.clusters;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

/// Records what happened to clusters. It never refuses.
public final class ClusterProjection {
    private ClusterProjection() {}

    /// Records one event.
    public static void record(ClusterEvent event, Batch batch, Tick tick) {
        switch (event) {
            case ClusterEvent.Registered(var cluster) -> {
                batch.insert(Schema.CLUSTERS, cluster.id(), cluster);
                batch.put(Schema.FENCES, cluster.id(), cluster.fence());
            }
            case ClusterEvent.Updated(var cluster) ->
                    batch.update(Schema.CLUSTERS, cluster.id(), cluster);
            case ClusterEvent.Removed(var cluster, _) -> batch.delete(Schema.CLUSTERS, cluster);
            case ClusterEvent.StateChanged(var cluster, _, var to) ->
                    batch.update(
                            Schema.CLUSTERS,
                            cluster,
                            known(cluster, batch).in(to, tick.nowMillis()));
            case ClusterEvent.Fenced(var cluster, var fence) -> {
                batch.update(Schema.CLUSTERS, cluster, known(cluster, batch).behind(fence));
                batch.put(Schema.FENCES, cluster, fence);
            }
            case ClusterEvent.MoveRecorded(var move) -> batch.insert(Schema.MOVES, move.id(), move);
        }
    }

    private static ClusterRecord known(ClusterId cluster, Batch batch) {
        return batch.get(Schema.CLUSTERS, cluster).orElseThrow();
    }
}
