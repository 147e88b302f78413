package io.staddle.api.codec;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.v1.ClusterFenced;
import io.staddle.api.v1.ClusterRegistered;
import io.staddle.api.v1.ClusterRemoved;
import io.staddle.api.v1.ClusterStateChanged;
import io.staddle.api.v1.ClusterUpdated;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.MoveRecorded;

/// Codec of what happened to clusters.
final class ClusterEventCodec {
    private ClusterEventCodec() {}

    static void encode(ClusterEvent event, EventBody.Builder to) {
        switch (event) {
            case ClusterEvent.Registered(var cluster) ->
                    to.getClusterRegisteredBuilder().setCluster(ModelCodec.encode(cluster, 0));
            case ClusterEvent.Updated(var cluster) ->
                    to.getClusterUpdatedBuilder().setCluster(ModelCodec.encode(cluster, 0));
            case ClusterEvent.Removed(var cluster, var fence) ->
                    to.getClusterRemovedBuilder()
                            .setCluster(cluster.value())
                            .setFence(fence.value());
            case ClusterEvent.StateChanged(var cluster, var from, var next) ->
                    to.getClusterStateChangedBuilder()
                            .setCluster(cluster.value())
                            .setFrom(ModelCodec.encode(from))
                            .setTo(ModelCodec.encode(next));
            case ClusterEvent.Fenced(var cluster, var fence) ->
                    to.getClusterFencedBuilder()
                            .setCluster(cluster.value())
                            .setFence(fence.value());
            case ClusterEvent.MoveRecorded(var move) ->
                    to.getMoveRecordedBuilder().setMove(MoveCodec.encode(move));
        }
    }

    static ClusterEvent decode(ClusterRegistered e) {
        return new ClusterEvent.Registered(ModelCodec.decode(e.getCluster()));
    }

    static ClusterEvent decode(ClusterUpdated e) {
        return new ClusterEvent.Updated(ModelCodec.decode(e.getCluster()));
    }

    static ClusterEvent decode(ClusterRemoved e) {
        return new ClusterEvent.Removed(new ClusterId(e.getCluster()), new Fence(e.getFence()));
    }

    static ClusterEvent decode(ClusterStateChanged e) {
        return new ClusterEvent.StateChanged(
                new ClusterId(e.getCluster()),
                ModelCodec.decode(e.getFrom()),
                ModelCodec.decode(e.getTo()));
    }

    static ClusterEvent decode(ClusterFenced e) {
        return new ClusterEvent.Fenced(new ClusterId(e.getCluster()), new Fence(e.getFence()));
    }

    static ClusterEvent decode(MoveRecorded e) {
        return new ClusterEvent.MoveRecorded(MoveCodec.decode(e.getMove()));
    }
}
