package io.staddle.server.raft;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.peer.v1.DigestAtAnswer;
import io.staddle.api.peer.v1.DigestAtRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.ReadIndexAnswer;
import io.staddle.api.peer.v1.ReadIndexRequest;
import io.staddle.api.peer.v1.TermAnswer;
import io.staddle.api.peer.v1.TermRequest;

/// Answers the other servers.
final class PeerService extends PeersGrpc.PeersImplBase {
    private final String deployment;
    private final Seat seat;
    private final ReadIndex readIndex;
    private final PeerDigests digests;

    PeerService(String deployment, Seat seat, ReadIndex readIndex, PeerDigests digests) {
        this.deployment = deployment;
        this.seat = seat;
        this.readIndex = readIndex;
        this.digests = digests;
    }

    @Override
    public void term(TermRequest request, StreamObserver<TermAnswer> answers) {
        if (isForeign(request.getDeployment(), answers)) {
            return;
        }
        answers.onNext(TermAnswer.newBuilder().setTerm(seat.term()).build());
        answers.onCompleted();
    }

    @Override
    public void readIndex(ReadIndexRequest request, StreamObserver<ReadIndexAnswer> answers) {
        if (isForeign(request.getDeployment(), answers)) {
            return;
        }
        var _ =
                readIndex
                        .confirm()
                        .whenComplete((index, failure) -> {
                            if (failure == null) {
                                answers.onNext(
                                        ReadIndexAnswer.newBuilder().setIndex(index).build());
                                answers.onCompleted();
                            } else {
                                answers.onError(
                                        Status.UNAVAILABLE
                                                .withDescription(failure.getMessage())
                                                .asRuntimeException());
                            }
                        });
    }

    @Override
    public void digestAt(DigestAtRequest request, StreamObserver<DigestAtAnswer> answers) {
        if (isForeign(request.getDeployment(), answers)) {
            return;
        }
        DigestAtAnswer.Builder answer = DigestAtAnswer.newBuilder();
        digests.notAfter(request.getIndex())
                .ifPresent(mark -> answer.setIndex(mark.index()).setDigest(mark.digest()));
        answers.onNext(answer.build());
        answers.onCompleted();
    }

    private boolean isForeign(String asked, StreamObserver<?> answers) {
        if (asked.equals(deployment)) {
            return false;
        }
        answers.onError(
                Status.FAILED_PRECONDITION
                        .withDescription(
                                "this server is of deployment " + deployment + ", not " + asked)
                        .asRuntimeException());
        return true;
    }
}
