package io.staddle.server.raft;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.DigestAtAnswer;
import io.staddle.api.peer.v1.DigestAtRequest;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.ReadIndexAnswer;
import io.staddle.api.peer.v1.ReadIndexRequest;
import io.staddle.api.peer.v1.TermAnswer;
import io.staddle.api.peer.v1.TermRequest;
import io.staddle.server.peer.Deployment;

import java.util.concurrent.CompletableFuture;

/// Answers the other servers.
final class PeerService extends PeersGrpc.PeersImplBase {
    private final Deployment deployment;
    private final Seat seat;
    private final ReadIndex readIndex;
    private final PeerDigests digests;
    private final Greeter greeter;

    PeerService(
            Deployment deployment,
            Seat seat,
            ReadIndex readIndex,
            PeerDigests digests,
            Greeter greeter) {
        this.deployment = deployment;
        this.seat = seat;
        this.readIndex = readIndex;
        this.digests = digests;
        this.greeter = greeter;
    }

    @Override
    public void term(TermRequest request, StreamObserver<TermAnswer> answers) {
        if (deployment.refuses(request.getDeployment(), answers)) {
            return;
        }
        answers.onNext(TermAnswer.newBuilder().setTerm(seat.term()).build());
        answers.onCompleted();
    }

    @Override
    public void readIndex(ReadIndexRequest request, StreamObserver<ReadIndexAnswer> answers) {
        if (deployment.refuses(request.getDeployment(), answers)) {
            return;
        }
        answer(
                readIndex
                        .confirm()
                        .thenApply(index -> ReadIndexAnswer.newBuilder().setIndex(index).build()),
                answers);
    }

    @Override
    public void digestAt(DigestAtRequest request, StreamObserver<DigestAtAnswer> answers) {
        if (deployment.refuses(request.getDeployment(), answers)) {
            return;
        }
        DigestAtAnswer.Builder answer = DigestAtAnswer.newBuilder();
        digests.notAfter(request.getIndex())
                .ifPresent(mark -> answer.setIndex(mark.index()).setDigest(mark.digest()));
        answers.onNext(answer.build());
        answers.onCompleted();
    }

    @Override
    public void greet(GreetRequest request, StreamObserver<GreetAnswer> answers) {
        if (deployment.refuses(request.getDeployment(), answers)) {
            return;
        }
        answer(greeter.greet(new ServerId(request.getServer())), answers);
    }

    private static <T> void answer(CompletableFuture<T> answer, StreamObserver<T> answers) {
        var _ =
                answer.whenComplete((found, failure) -> {
                    if (failure == null) {
                        answers.onNext(found);
                        answers.onCompleted();
                    } else {
                        answers.onError(
                                Status.UNAVAILABLE
                                        .withDescription(failure.getMessage())
                                        .asRuntimeException());
                    }
                });
    }
}
