package io.staddle.api.codec;

import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.GroupChanged;
import io.staddle.api.v1.GroupReported;
import io.staddle.api.v1.LeaderChosen;
import io.staddle.api.v1.NodeRegistered;
import io.staddle.api.v1.NodeRemoved;
import io.staddle.api.v1.NodeStateChanged;
import io.staddle.api.v1.NodesHeard;
import io.staddle.api.v1.RoutingInitialised;
import io.staddle.api.v1.VShardMoved;

/// Codec of what happened to data nodes, groups and vShards.
final class RoutingEventCodec {
    private RoutingEventCodec() {}

    static void encode(RoutingEvent event, EventBody.Builder to) {
        switch (event) {
            case RoutingEvent.NodeRegistered e ->
                    to.getNodeRegisteredBuilder().setNode(NodeCodec.encode(e.node()));
            case RoutingEvent.NodeStateChanged e ->
                    to.getNodeStateChangedBuilder()
                            .setFrom(NodeCodec.encode(e.from()))
                            .setNode(NodeCodec.encode(e.node()));
            case RoutingEvent.NodesHeard e ->
                    to.getNodesHeardBuilder()
                            .addAllBeats(e.beats().stream().map(NodeCodec::encode).toList());
            case RoutingEvent.NodeRemoved e ->
                    to.getNodeRemovedBuilder()
                            .setNode(e.node().value())
                            .setIncarnation(e.incarnation());
            case RoutingEvent.RoutingInitialised e ->
                    to.getRoutingInitialisedBuilder().setLayout(RoutingCodec.encode(e.layout()));
            case RoutingEvent.GroupChanged e ->
                    to.getGroupChangedBuilder()
                            .setChange(RoutingCodec.encode(e.change()))
                            .setNode(e.node().value())
                            .setGroup(RoutingCodec.encode(e.group()));
            case RoutingEvent.GroupReported e ->
                    to.getGroupReportedBuilder()
                            .setNode(e.node().value())
                            .setGroup(RoutingCodec.encode(e.group()));
            case RoutingEvent.LeaderChosen e ->
                    to.getLeaderChosenBuilder().setGroup(RoutingCodec.encode(e.group()));
            case RoutingEvent.VShardMoved e ->
                    to.getVShardMovedBuilder()
                            .setFrom(e.from().value())
                            .setVShard(RoutingCodec.encode(e.vShard()));
        }
    }

    static RoutingEvent decode(NodeRegistered e) {
        return new RoutingEvent.NodeRegistered(NodeCodec.decode(e.getNode()));
    }

    static RoutingEvent decode(NodeStateChanged e) {
        return new RoutingEvent.NodeStateChanged(
                NodeCodec.decode(e.getFrom()), NodeCodec.decode(e.getNode()));
    }

    static RoutingEvent decode(NodesHeard e) {
        return new RoutingEvent.NodesHeard(
                e.getBeatsList().stream().map(NodeCodec::decode).toList());
    }

    static RoutingEvent decode(NodeRemoved e) {
        return new RoutingEvent.NodeRemoved(new NodeId(e.getNode()), e.getIncarnation());
    }

    static RoutingEvent decode(RoutingInitialised e) {
        return new RoutingEvent.RoutingInitialised(RoutingCodec.decode(e.getLayout()));
    }

    static RoutingEvent decode(GroupChanged e) {
        return new RoutingEvent.GroupChanged(
                RoutingCodec.decode(e.getChange()),
                new NodeId(e.getNode()),
                RoutingCodec.decode(e.getGroup()));
    }

    static RoutingEvent decode(GroupReported e) {
        return new RoutingEvent.GroupReported(
                new NodeId(e.getNode()), RoutingCodec.decode(e.getGroup()));
    }

    static RoutingEvent decode(LeaderChosen e) {
        return new RoutingEvent.LeaderChosen(RoutingCodec.decode(e.getGroup()));
    }

    static RoutingEvent decode(VShardMoved e) {
        return new RoutingEvent.VShardMoved(
                new NodeId(e.getFrom()), RoutingCodec.decode(e.getVShard()));
    }
}
