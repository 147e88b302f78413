package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Evacuate;
import io.staddle.api.v1.FailBack;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.api.v1.ListClustersRequest;
import io.staddle.api.v1.ListMovesAnswer;
import io.staddle.api.v1.ListMovesRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.PreviewMoveAnswer;
import io.staddle.api.v1.PreviewMoveRequest;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.api.v1.RemoveCluster;
import io.staddle.api.v1.SetClusterState;
import io.staddle.api.v1.UpdateCluster;
import io.staddle.statemachine.query.Queries;

/// The failover domains and the moves between them.
final class ClustersService extends ClustersGrpc.ClustersImplBase {
    private final Commands commands;
    private final Reads reads;

    ClustersService(Commands commands, Reads reads) {
        this.commands = commands;
        this.reads = reads;
    }

    @Override
    public void register(RegisterCluster request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRegisterCluster(request), observer);
    }

    @Override
    public void update(UpdateCluster request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setUpdateCluster(request), observer);
    }

    @Override
    public void setState(SetClusterState request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setSetClusterState(request), observer);
    }

    @Override
    public void remove(RemoveCluster request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRemoveCluster(request), observer);
    }

    @Override
    public void failOver(FailOver request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setFailOver(request), observer);
    }

    @Override
    public void failBack(FailBack request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setFailBack(request), observer);
    }

    @Override
    public void evacuate(Evacuate request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setEvacuate(request), observer);
    }

    @Override
    public void list(ListClustersRequest request, StreamObserver<ListClustersAnswer> observer) {
        reads.point(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        clusters(new Queries(view)).setHeader(header).build()),
                observer);
    }

    @Override
    public void listMoves(ListMovesRequest request, StreamObserver<ListMovesAnswer> observer) {
        reads.scan(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        moves(request.getCluster(), new Queries(view))
                                                .setHeader(header)
                                                .build()),
                observer);
    }

    @Override
    public void previewMove(
            PreviewMoveRequest request, StreamObserver<PreviewMoveAnswer> observer) {
        reads.point(() -> Previews.request(request), observer);
    }

    private static ListClustersAnswer.Builder clusters(Queries queries) {
        ListClustersAnswer.Builder answer = ListClustersAnswer.newBuilder();
        queries.clusters()
                .forEach(each ->
                        answer.addClusters(ModelCodec.encode(each.cluster(), each.grains())));
        return answer;
    }

    private static ListMovesAnswer.Builder moves(String cluster, Queries queries) {
        ListMovesAnswer.Builder answer = ListMovesAnswer.newBuilder();
        queries.moves().stream()
                .filter(move -> cluster.isEmpty() || move.cluster().value().equals(cluster))
                .forEach(move -> answer.addMoves(MoveCodec.encode(move)));
        return answer;
    }
}
