package io.staddle.server.raft;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.DigestAtAnswer;
import io.staddle.api.peer.v1.DigestAtRequest;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.peer.v1.IntroduceRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.ReadIndexAnswer;
import io.staddle.api.peer.v1.ReadIndexRequest;
import io.staddle.api.peer.v1.TermAnswer;
import io.staddle.api.peer.v1.TermRequest;
import io.staddle.server.peer.Deployment;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Answers the other servers.
final class PeerService extends PeersGrpc.PeersImplBase implements PeerApi {
    private final Deployment deployment;
    private final Seat seat;
    private final ReadIndex readIndex;
    private final PeerDigests digests;
    private final Greeter greeter;
    private final Set<Terms> streams = ConcurrentHashMap.newKeySet();

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
    public StreamObserver<TermRequest> terms(StreamObserver<TermAnswer> answers) {
        // It counts all that ever comes; each message has its limit all the same.
        ServiceRequestContext context = ServiceRequestContext.current();
        context.setMaxRequestLength(0);
        Terms terms = new Terms(answers, context.eventLoop());
        streams.add(terms);
        var _ = context.log().whenComplete().thenRun(() -> streams.remove(terms));
        return terms;
    }

    /// Ends the streams, which would go on for as long as those who ask live.
    @Override
    public void close() {
        streams.forEach(Terms::stop);
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

    @Override
    public void introduce(IntroduceRequest request, StreamObserver<IntroduceAnswer> answers) {
        if (!deployment.refuses(request.getDeployment(), answers)) {
            answers.onNext(greeter.introduce(new ServerId(request.getServer())));
            answers.onCompleted();
        }
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

    /// The questions of one server, on its event loop.
    private final class Terms implements StreamObserver<TermRequest> {
        private final StreamObserver<TermAnswer> answers;
        private final Executor eventLoop;
        private boolean ended;

        Terms(StreamObserver<TermAnswer> answers, Executor eventLoop) {
            this.answers = answers;
            this.eventLoop = eventLoop;
        }

        void stop() {
            eventLoop.execute(this::onCompleted);
        }

        @Override
        public void onNext(TermRequest request) {
            if (ended) {
                return;
            }
            ended = deployment.refuses(request.getDeployment(), answers);
            if (!ended) {
                answers.onNext(TermAnswer.newBuilder().setTerm(seat.term()).build());
            }
        }

        @Override
        public void onError(Throwable gone) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            if (!ended) {
                ended = true;
                answers.onCompleted();
            }
        }
    }
}
