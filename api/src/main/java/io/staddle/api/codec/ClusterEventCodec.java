package io.staddle.api.codec;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.v1.AutomationPaused;
import io.staddle.api.v1.AutomationResumed;
import io.staddle.api.v1.ClusterFenced;
import io.staddle.api.v1.ClusterHeard;
import io.staddle.api.v1.ClusterReadmitted;
import io.staddle.api.v1.ClusterRegistered;
import io.staddle.api.v1.ClusterRemoved;
import io.staddle.api.v1.ClusterRoleChanged;
import io.staddle.api.v1.ClusterUpdated;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.FailoverBlocked;
import io.staddle.api.v1.MoveRecorded;
import io.staddle.api.v1.PrimacyChanged;

/// Codec of what happened to clusters.
final class ClusterEventCodec {
    private ClusterEventCodec() {}

    static void encode(ClusterEvent event, EventBody.Builder to) {
        switch (event) {
            case ClusterEvent.Registered(var cluster) ->
                    to.getClusterRegisteredBuilder().setCluster(ClusterCodec.encode(cluster));
            case ClusterEvent.Updated(var cluster) ->
                    to.getClusterUpdatedBuilder().setCluster(ClusterCodec.encode(cluster));
            case ClusterEvent.Removed(var cluster, var fence) ->
                    to.getClusterRemovedBuilder()
                            .setCluster(cluster.value())
                            .setFence(fence.value());
            case ClusterEvent.StateChanged e ->
                    to.setClusterStateChanged(StateChangeCodec.encode(e));
            case ClusterEvent.Heard(var beat) ->
                    to.getClusterHeardBuilder().setBeat(HealthCodec.encode(beat));
            case ClusterEvent.Fenced(var cluster, var fence, var failover) ->
                    to.getClusterFencedBuilder()
                            .setCluster(cluster.value())
                            .setFence(fence.value())
                            .setFailover(failover.value());
            case ClusterEvent.Readmitted(var cluster, var failover) ->
                    to.getClusterReadmittedBuilder()
                            .setCluster(cluster.value())
                            .setFailover(failover.value());
            case ClusterEvent.RoleChanged(var cluster, var from, var next) ->
                    to.getClusterRoleChangedBuilder()
                            .setCluster(cluster.value())
                            .setFrom(ClusterCodec.encode(from))
                            .setTo(ClusterCodec.encode(next));
            case ClusterEvent.PrimacyChanged(var primacy) ->
                    to.getPrimacyChangedBuilder().setPrimacy(HealthCodec.encode(primacy));
            case ClusterEvent.FailoverBlocked(var cluster, var blocker) ->
                    to.getFailoverBlockedBuilder()
                            .setCluster(cluster.value())
                            .setBlocker(HealthCodec.encode(blocker));
            case ClusterEvent.AutomationPaused(var reach, var pause) ->
                    to.getAutomationPausedBuilder()
                            .setCluster(HealthCodec.encode(reach))
                            .setPause(HealthCodec.encode(pause));
            case ClusterEvent.AutomationResumed(var reach) ->
                    to.getAutomationResumedBuilder().setCluster(HealthCodec.encode(reach));
            case ClusterEvent.MoveRecorded(var move) ->
                    to.getMoveRecordedBuilder().setMove(MoveCodec.encode(move));
        }
    }

    static ClusterEvent decode(ClusterRegistered e) {
        return new ClusterEvent.Registered(ClusterCodec.decode(e.getCluster()));
    }

    static ClusterEvent decode(ClusterUpdated e) {
        return new ClusterEvent.Updated(ClusterCodec.decode(e.getCluster()));
    }

    static ClusterEvent decode(ClusterRemoved e) {
        return new ClusterEvent.Removed(new ClusterId(e.getCluster()), new Fence(e.getFence()));
    }

    static ClusterEvent decode(ClusterHeard e) {
        return new ClusterEvent.Heard(HealthCodec.decode(e.getBeat()));
    }

    static ClusterEvent decode(ClusterFenced e) {
        return new ClusterEvent.Fenced(
                new ClusterId(e.getCluster()),
                new Fence(e.getFence()),
                new MoveId(e.getFailover()));
    }

    static ClusterEvent decode(ClusterReadmitted e) {
        return new ClusterEvent.Readmitted(
                new ClusterId(e.getCluster()), new MoveId(e.getFailover()));
    }

    static ClusterEvent decode(ClusterRoleChanged e) {
        return new ClusterEvent.RoleChanged(
                new ClusterId(e.getCluster()),
                ClusterCodec.decode(e.getFrom()),
                ClusterCodec.decode(e.getTo()));
    }

    static ClusterEvent decode(PrimacyChanged e) {
        return new ClusterEvent.PrimacyChanged(HealthCodec.decode(e.getPrimacy()));
    }

    static ClusterEvent decode(FailoverBlocked e) {
        return new ClusterEvent.FailoverBlocked(
                new ClusterId(e.getCluster()), HealthCodec.decode(e.getBlocker()));
    }

    static ClusterEvent decode(AutomationPaused e) {
        return new ClusterEvent.AutomationPaused(
                HealthCodec.reach(e.getCluster()), HealthCodec.decode(e.getPause()));
    }

    static ClusterEvent decode(AutomationResumed e) {
        return new ClusterEvent.AutomationResumed(HealthCodec.reach(e.getCluster()));
    }

    static ClusterEvent decode(MoveRecorded e) {
        return new ClusterEvent.MoveRecorded(MoveCodec.decode(e.getMove()));
    }
}
