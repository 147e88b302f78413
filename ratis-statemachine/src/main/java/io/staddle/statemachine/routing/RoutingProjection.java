package io.staddle.statemachine.routing;

import io.staddle.api.event.RoutingEvent;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

/// Records what happened to data nodes, groups and vShards. It never refuses.
public final class RoutingProjection {
    private RoutingProjection() {}

    /// Records one event.
    public static void record(RoutingEvent event, Batch batch, Tick tick) {
        switch (event) {
            case RoutingEvent.NodeRegistered(var node) -> {
                batch.put(Schema.NODES, node.id(), node);
                batch.put(Schema.NODE_INCARNATIONS, node.id(), node.incarnation());
            }
            case RoutingEvent.NodeStateChanged(_, var node) ->
                    batch.update(Schema.NODES, node.id(), node);
            case RoutingEvent.NodesHeard(var beats) -> beats.forEach(beat -> heard(beat, batch));
            case RoutingEvent.NodeRemoved(var node, _) -> batch.delete(Schema.NODES, node);
            case RoutingEvent.RoutingInitialised(var layout) -> initialised(layout, batch, tick);
            case RoutingEvent.GroupChanged(_, _, var group) ->
                    batch.update(Schema.GROUPS, group.id(), group);
            case RoutingEvent.GroupReported(_, var group) ->
                    batch.update(Schema.GROUPS, group.id(), group);
            case RoutingEvent.LeaderChosen(var group) ->
                    batch.update(Schema.GROUPS, group.id(), group);
            case RoutingEvent.VShardMoved(_, var vShard) ->
                    batch.update(Schema.V_SHARDS, vShard.id(), vShard);
        }
    }

    private static void heard(NodeBeat beat, Batch batch) {
        NodeRecord node = batch.get(Schema.NODES, beat.node()).orElseThrow();
        batch.update(Schema.NODES, node.id(), node.heard(beat.seenAtMillis()));
    }

    private static void initialised(RoutingLayout layout, Batch batch, Tick tick) {
        batch.insert(Schema.ROUTING, Schema.ONLY, layout);
        long above = Numbers.restoredAbove(batch);
        Routing.groupsOf(layout, above, tick.since())
                .forEach(group -> batch.insert(Schema.GROUPS, group.id(), group));
        Routing.vShardsOf(layout, above, tick.since())
                .forEach(vShard -> batch.insert(Schema.V_SHARDS, vShard.id(), vShard));
    }
}
