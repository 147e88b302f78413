package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.HealthCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.query.ClusterOverview;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DemoteAndPromote;
import io.staddle.api.v1.DrainCluster;
import io.staddle.api.v1.Evacuate;
import io.staddle.api.v1.ExplainClusterAnswer;
import io.staddle.api.v1.ExplainClusterRequest;
import io.staddle.api.v1.FailBack;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.api.v1.ListClustersRequest;
import io.staddle.api.v1.ListMovesAnswer;
import io.staddle.api.v1.ListMovesRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.PauseAutomation;
import io.staddle.api.v1.PlanMoveAnswer;
import io.staddle.api.v1.PlanMoveRequest;
import io.staddle.api.v1.ReadmitCluster;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.api.v1.RemoveCluster;
import io.staddle.api.v1.ResumeAutomation;
import io.staddle.api.v1.TransferPrimary;
import io.staddle.api.v1.UpdateCluster;
import io.staddle.statemachine.past.Past;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.InstantSource;

/// The failover domains and the moves between them.
final class ClustersService extends ClustersGrpc.ClustersImplBase {
    private final Commands commands;
    private final Reads reads;
    private final Beats beats;
    private final BeatDoor door;
    private final InstantSource clock;

    ClustersService(
            Commands commands, Reads reads, Beats beats, BeatDoor door, InstantSource clock) {
        this.commands = commands;
        this.reads = reads;
        this.beats = beats;
        this.door = door;
        this.clock = clock;
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
    public void remove(RemoveCluster request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRemoveCluster(request), observer);
    }

    @Override
    public void failOver(FailOver request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setFailOver(request), observer);
    }

    @Override
    public void demoteAndPromote(DemoteAndPromote request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setDemoteAndPromote(request), observer);
    }

    @Override
    public void transferPrimary(TransferPrimary request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setTransferPrimary(request), observer);
    }

    @Override
    public void drain(DrainCluster request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setDrainCluster(request), observer);
    }

    @Override
    public void readmit(ReadmitCluster request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setReadmitCluster(request), observer);
    }

    @Override
    public void pauseAutomation(PauseAutomation request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setPauseAutomation(request), observer);
    }

    @Override
    public void resumeAutomation(ResumeAutomation request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setResumeAutomation(request), observer);
    }

    @Override
    public void beat(BeatRequest request, StreamObserver<BeatAnswer> observer) {
        beats.take(request, observer);
    }

    @Override
    public StreamObserver<BeatRequest> keepBeating(StreamObserver<BeatAnswer> observer) {
        return door.open(observer);
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
                                (view, header) -> clusters(view).setHeader(header).build()),
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
    public void planMove(PlanMoveRequest request, StreamObserver<PlanMoveAnswer> observer) {
        reads.point(() -> Plans.request(request, clock), observer);
    }

    @Override
    public void explain(
            ExplainClusterRequest request, StreamObserver<ExplainClusterAnswer> observer) {
        reads.scan(() -> new Explanations(reads, clock, beats::heardOf).of(request), observer);
    }

    private ListClustersAnswer.Builder clusters(View view) {
        ClusterOverview overview = new Queries(view).clusters(Past.nowMillis(view, clock.millis()));
        ListClustersAnswer.Builder answer =
                ListClustersAnswer.newBuilder().setPrimacy(HealthCodec.encode(overview.primacy()));
        overview.clusters().forEach(each -> answer.addClusters(ClusterCodec.encode(each)));
        overview.pause().ifPresent(pause -> answer.setPause(HealthCodec.encode(pause)));
        return beats.withSilences(answer);
    }

    private static ListMovesAnswer.Builder moves(String cluster, Queries queries) {
        ListMovesAnswer.Builder answer = ListMovesAnswer.newBuilder();
        queries.moves().stream()
                .filter(move -> cluster.isEmpty() || move.cluster().value().equals(cluster))
                .forEach(move -> answer.addMoves(MoveCodec.encode(move)));
        return answer;
    }
}
