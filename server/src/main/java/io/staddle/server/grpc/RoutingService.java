package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.AdjustGhost;
import io.staddle.api.v1.AssignVShard;
import io.staddle.api.v1.BeatNodeAnswer;
import io.staddle.api.v1.BeatNodeRequest;
import io.staddle.api.v1.ChangeGroup;
import io.staddle.api.v1.CheckVShardAnswer;
import io.staddle.api.v1.CheckVShardRequest;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.ConfirmRemoval;
import io.staddle.api.v1.DecommissionNode;
import io.staddle.api.v1.GetRoutingAnswer;
import io.staddle.api.v1.GetRoutingRequest;
import io.staddle.api.v1.InitRouting;
import io.staddle.api.v1.ListGhostsAnswer;
import io.staddle.api.v1.ListGhostsRequest;
import io.staddle.api.v1.ListNodesAnswer;
import io.staddle.api.v1.ListNodesRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.RegisterNode;
import io.staddle.api.v1.RemoveNode;
import io.staddle.api.v1.ReportGroup;
import io.staddle.api.v1.ResolveGhostAnswer;
import io.staddle.api.v1.ResolveGhostRequest;
import io.staddle.api.v1.RouteKeyAnswer;
import io.staddle.api.v1.RouteKeyRequest;
import io.staddle.api.v1.RoutingGrpc;
import io.staddle.api.v1.SetNodeState;
import io.staddle.api.v1.SweepGhosts;

/// Data nodes, groups, vShards, and who serves what.
final class RoutingService extends RoutingGrpc.RoutingImplBase {
    private final Commands commands;
    private final Reads reads;
    private final NodeBeats beats;

    RoutingService(Commands commands, Reads reads, NodeBeats beats) {
        this.commands = commands;
        this.reads = reads;
        this.beats = beats;
    }

    @Override
    public void registerNode(RegisterNode request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRegisterNode(request), observer);
    }

    @Override
    public void setNodeState(SetNodeState request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setSetNodeState(request), observer);
    }

    @Override
    public void decommissionNode(DecommissionNode request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setDecommissionNode(request), observer);
    }

    @Override
    public void removeNode(RemoveNode request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRemoveNode(request), observer);
    }

    @Override
    public void beatNode(BeatNodeRequest request, StreamObserver<BeatNodeAnswer> observer) {
        beats.take(request, observer);
    }

    @Override
    public void init(InitRouting request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setInitRouting(request), observer);
    }

    @Override
    public void changeGroup(ChangeGroup request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setChangeGroup(request), observer);
    }

    @Override
    public void reportGroup(ReportGroup request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setReportGroup(request), observer);
    }

    @Override
    public void confirmRemoval(ConfirmRemoval request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setConfirmRemoval(request), observer);
    }

    @Override
    public void assignVShard(AssignVShard request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAssignVShard(request), observer);
    }

    @Override
    public void adjustGhost(AdjustGhost request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAdjustGhost(request), observer);
    }

    @Override
    public void sweepGhosts(SweepGhosts request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setSweepGhosts(request), observer);
    }

    @Override
    public void listNodes(ListNodesRequest request, StreamObserver<ListNodesAnswer> observer) {
        reads.point(() -> RoutingPages.nodes(request), observer);
    }

    @Override
    public void get(GetRoutingRequest request, StreamObserver<GetRoutingAnswer> observer) {
        reads.scan(() -> RoutingPages.changes(request), observer);
    }

    @Override
    public void routeKey(RouteKeyRequest request, StreamObserver<RouteKeyAnswer> observer) {
        reads.point(() -> RoutingPages.route(request), observer);
    }

    @Override
    public void checkVShard(
            CheckVShardRequest request, StreamObserver<CheckVShardAnswer> observer) {
        reads.point(() -> RoutingPages.check(request), observer);
    }

    @Override
    public void resolveGhost(
            ResolveGhostRequest request, StreamObserver<ResolveGhostAnswer> observer) {
        reads.point(() -> RoutingPages.resolve(request), observer);
    }

    @Override
    public void listGhosts(ListGhostsRequest request, StreamObserver<ListGhostsAnswer> observer) {
        reads.scan(() -> RoutingPages.ghosts(request), observer);
    }
}
