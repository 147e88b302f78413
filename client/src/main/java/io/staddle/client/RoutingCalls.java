package io.staddle.client;

import io.staddle.api.codec.GhostCodec;
import io.staddle.api.codec.NodeCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.codec.RoutingCodec;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.RoutingDelta;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BeatNodeRequest;
import io.staddle.api.v1.CheckVShardAnswer;
import io.staddle.api.v1.CheckVShardRequest;
import io.staddle.api.v1.GetRoutingAnswer;
import io.staddle.api.v1.GetRoutingRequest;
import io.staddle.api.v1.ListGhostsRequest;
import io.staddle.api.v1.ListNodesRequest;
import io.staddle.api.v1.ResolveGhostRequest;
import io.staddle.api.v1.RouteKeyRequest;
import io.staddle.api.v1.RoutingGrpc;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The queries about nodes, groups, vShards and ghosts.
final class RoutingCalls {
    private RoutingCalls() {}

    static CompletableFuture<Optional<Refusal>> beat(
            Calls calls, NodeId node, long incarnation, List<GhostVerdict> ghosts) {
        return calls.query(
                RoutingGrpc.getBeatNodeMethod(),
                BeatNodeRequest.newBuilder()
                        .setNode(node.value())
                        .setIncarnation(incarnation)
                        .addAllGhosts(ghosts.stream().map(GhostCodec::encode).toList())
                        .build(),
                answer ->
                        answer.hasRefusal()
                                ? Optional.of(RefusalCodec.decode(answer.getRefusal()))
                                : Optional.empty(),
                Route.LEADER);
    }

    static CompletableFuture<List<NodeRecord>> nodes(Calls calls) {
        return calls.query(
                RoutingGrpc.getListNodesMethod(),
                ListNodesRequest.newBuilder().setConsistency(calls.consistency()).build(),
                answer -> answer.getNodesList().stream().map(NodeCodec::decode).toList(),
                Route.QUERY);
    }

    static CompletableFuture<Observed<RoutingDelta>> changes(
            Calls calls, long index, Consistency consistency) {
        return calls.query(
                RoutingGrpc.getGetMethod(),
                GetRoutingRequest.newBuilder()
                        .setSinceIndex(index)
                        .setConsistency(Requests.consistency(calls.consistency(consistency)))
                        .build(),
                RoutingCalls::delta,
                Calls.route(calls.consistency(consistency)));
    }

    static CompletableFuture<Optional<VShardRecord>> route(Calls calls, String key) {
        return calls.query(
                RoutingGrpc.getRouteKeyMethod(),
                RouteKeyRequest.newBuilder()
                        .setKey(key)
                        .setConsistency(calls.consistency())
                        .build(),
                answer ->
                        answer.hasVShard()
                                ? Optional.of(RoutingCodec.decode(answer.getVShard()))
                                : Optional.empty(),
                Route.QUERY);
    }

    static CompletableFuture<Boolean> check(
            Calls calls, VShardId vShard, NodeId holder, Epoch epoch) {
        return calls.query(
                RoutingGrpc.getCheckVShardMethod(),
                CheckVShardRequest.newBuilder()
                        .setVShard(vShard.value())
                        .setHolder(holder.value())
                        .setEpoch(epoch.value())
                        .build(),
                CheckVShardAnswer::getValid,
                Route.QUERY);
    }

    static CompletableFuture<Optional<Ghost>> resolve(Calls calls, VShardId vShard, NodeId source) {
        return calls.query(
                RoutingGrpc.getResolveGhostMethod(),
                ResolveGhostRequest.newBuilder()
                        .setVShard(vShard.value())
                        .setSource(source.value())
                        .setConsistency(calls.consistency())
                        .build(),
                answer ->
                        answer.hasGhost()
                                ? Optional.of(GhostCodec.decode(answer.getGhost()))
                                : Optional.empty(),
                Route.QUERY);
    }

    static CompletableFuture<List<Ghost>> ghosts(Calls calls) {
        return calls.query(
                RoutingGrpc.getListGhostsMethod(),
                ListGhostsRequest.newBuilder().setConsistency(calls.consistency()).build(),
                answer -> answer.getGhostsList().stream().map(GhostCodec::decode).toList(),
                Route.QUERY);
    }

    private static Observed<RoutingDelta> delta(GetRoutingAnswer answer) {
        Optional<RoutingLayout> layout =
                answer.hasLayout()
                        ? Optional.of(RoutingCodec.decode(answer.getLayout()))
                        : Optional.empty();
        return new Observed<>(
                Requests.header(answer.getHeader()),
                new RoutingDelta(
                        layout,
                        answer.getNodesList().stream().map(NodeCodec::decode).toList(),
                        answer.getGroupsList().stream().map(RoutingCodec::decode).toList(),
                        answer.getVShardsList().stream().map(RoutingCodec::decode).toList()));
    }
}
