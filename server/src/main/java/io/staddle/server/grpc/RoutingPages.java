package io.staddle.server.grpc;

import io.staddle.api.codec.GhostCodec;
import io.staddle.api.codec.NodeCodec;
import io.staddle.api.codec.RoutingCodec;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.RoutingDelta;
import io.staddle.api.v1.CheckVShardAnswer;
import io.staddle.api.v1.CheckVShardRequest;
import io.staddle.api.v1.GetRoutingAnswer;
import io.staddle.api.v1.GetRoutingRequest;
import io.staddle.api.v1.ListGhostsAnswer;
import io.staddle.api.v1.ListGhostsRequest;
import io.staddle.api.v1.ListNodesAnswer;
import io.staddle.api.v1.ListNodesRequest;
import io.staddle.api.v1.ResolveGhostAnswer;
import io.staddle.api.v1.ResolveGhostRequest;
import io.staddle.api.v1.RouteKeyAnswer;
import io.staddle.api.v1.RouteKeyRequest;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.statemachine.query.RoutingQueries;

import java.util.Optional;

/// What is asked of nodes, groups, vShards and ghosts.
final class RoutingPages {
    private RoutingPages() {}

    static Reads.Request<ListNodesAnswer> nodes(ListNodesRequest request) {
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        ListNodesAnswer.newBuilder()
                                .setHeader(header)
                                .addAllNodes(
                                        new RoutingQueries(view)
                                                .nodes().stream().map(NodeCodec::encode).toList())
                                .build());
    }

    static Reads.Request<GetRoutingAnswer> changes(GetRoutingRequest request) {
        long since = Math.max(0, request.getSinceIndex());
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        encode(new RoutingQueries(view).changesAfter(since))
                                .setHeader(header)
                                .build());
    }

    private static GetRoutingAnswer.Builder encode(RoutingDelta delta) {
        GetRoutingAnswer.Builder answer = GetRoutingAnswer.newBuilder();
        delta.layout().ifPresent(layout -> answer.setLayout(RoutingCodec.encode(layout)));
        delta.nodes().forEach(node -> answer.addNodes(NodeCodec.encode(node)));
        delta.groups().forEach(group -> answer.addGroups(RoutingCodec.encode(group)));
        delta.vShards().forEach(vShard -> answer.addVShards(RoutingCodec.encode(vShard)));
        return answer;
    }

    static Reads.Request<RouteKeyAnswer> route(RouteKeyRequest request) {
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) -> {
                    RouteKeyAnswer.Builder answer = RouteKeyAnswer.newBuilder().setHeader(header);
                    new RoutingQueries(view)
                            .route(request.getKey())
                            .ifPresent(vShard -> answer.setVShard(RoutingCodec.encode(vShard)));
                    return answer.build();
                });
    }

    static Reads.Request<CheckVShardAnswer> check(CheckVShardRequest request) {
        VShardId id = new VShardId(request.getVShard());
        NodeId holder = new NodeId(request.getHolder());
        Epoch epoch = new Epoch(request.getEpoch());
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) -> {
                    Optional<VShardRecord> current = new RoutingQueries(view).vShard(id);
                    CheckVShardAnswer.Builder answer =
                            CheckVShardAnswer.newBuilder()
                                    .setHeader(header)
                                    .setValid(
                                            current.filter(each -> each.isHeldBy(holder, epoch))
                                                    .isPresent());
                    current.ifPresent(each -> answer.setCurrent(RoutingCodec.encode(each)));
                    return answer.build();
                });
    }

    static Reads.Request<ResolveGhostAnswer> resolve(ResolveGhostRequest request) {
        VShardId vShard = new VShardId(request.getVShard());
        NodeId source = new NodeId(request.getSource());
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) -> {
                    ResolveGhostAnswer.Builder answer =
                            ResolveGhostAnswer.newBuilder().setHeader(header);
                    new MigrationQueries(view)
                            .resolve(vShard, source)
                            .ifPresent(ghost -> answer.setGhost(GhostCodec.encode(ghost)));
                    return answer.build();
                });
    }

    static Reads.Request<ListGhostsAnswer> ghosts(ListGhostsRequest request) {
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        ListGhostsAnswer.newBuilder()
                                .setHeader(header)
                                .addAllGhosts(
                                        new MigrationQueries(view)
                                                .ghosts().stream().map(GhostCodec::encode).toList())
                                .build());
    }
}
