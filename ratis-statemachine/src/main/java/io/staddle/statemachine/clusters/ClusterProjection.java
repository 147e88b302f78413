package io.staddle.statemachine.clusters;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
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
            case ClusterEvent.Removed(var cluster, _) -> batch.delete(Schema.CLUSTERS, cluster);
            case ClusterEvent.Fenced(var cluster, var fence, _) -> {
                change(cluster, event, batch, tick);
                batch.put(Schema.FENCES, cluster, fence);
            }
            case ClusterEvent.PrimacyChanged(var primacy) ->
                    batch.put(Schema.PRIMACY, Schema.ONLY, primacy);
            case ClusterEvent.AutomationPaused(var reach, var pause) ->
                    paused(reach, pause, event, batch, tick);
            case ClusterEvent.AutomationResumed(var reach) -> resumed(reach, event, batch, tick);
            case ClusterEvent.MoveRecorded(var move) -> batch.insert(Schema.MOVES, move.id(), move);
            case ClusterEvent.Updated _,
                    ClusterEvent.StateChanged _,
                    ClusterEvent.Heard _,
                    ClusterEvent.Readmitted _,
                    ClusterEvent.RoleChanged _,
                    ClusterEvent.FailoverBlocked _ ->
                    change(ClusterChanges.about(event).orElseThrow(), event, batch, tick);
        }
    }

    private static void paused(
            Reach reach, Pause pause, ClusterEvent event, Batch batch, Tick tick) {
        switch (reach) {
            case Reach.AllClusters _ -> batch.put(Schema.AUTOMATION, Schema.ONLY, pause);
            case Reach.OneCluster(var cluster) -> change(cluster, event, batch, tick);
        }
    }

    private static void resumed(Reach reach, ClusterEvent event, Batch batch, Tick tick) {
        switch (reach) {
            case Reach.AllClusters _ -> batch.delete(Schema.AUTOMATION, Schema.ONLY);
            case Reach.OneCluster(var cluster) -> change(cluster, event, batch, tick);
        }
    }

    private static void change(ClusterId cluster, ClusterEvent event, Batch batch, Tick tick) {
        var before = batch.get(Schema.CLUSTERS, cluster).orElseThrow();
        batch.update(
                Schema.CLUSTERS, cluster, ClusterChanges.after(before, event, tick.nowMillis()));
    }
}
