package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.id.MalformedException;
import io.staddle.api.peer.v1.PassBeatsAnswer;
import io.staddle.api.peer.v1.PassBeatsRequest;
import io.staddle.api.peer.v1.RelayGrpc;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.peer.Deployment;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Takes the beats that other servers pass on; see [BeatRelay].
final class PassedBeats extends RelayGrpc.RelayImplBase {
    private final Deployment deployment;
    private final Beats beats;

    PassedBeats(Deployment deployment, Beats beats) {
        this.deployment = deployment;
        this.beats = beats;
    }

    @Override
    public void passBeats(PassBeatsRequest request, StreamObserver<PassBeatsAnswer> observer) {
        if (deployment.refuses(request.getDeployment(), observer)) {
            return;
        }
        long deadlineNanos = System.nanoTime() + BeatRelay.PATIENCE.toNanos();
        Frame frame = new Frame(request.getBeatsCount(), observer);
        for (int i = 0; i < request.getBeatsCount(); i++) {
            beats.take(request.getBeats(i), frame.new Place(i), deadlineNanos);
        }
    }

    /// The answers to one request. It is answered when each has its answer, or will have none.
    private static final class Frame {
        private final StreamObserver<PassBeatsAnswer> observer;
        private final Executor eventLoop = Caller.currentEventLoop();
        private final BeatAnswer[] answers;
        private int open;

        Frame(int count, StreamObserver<PassBeatsAnswer> observer) {
            this.observer = observer;
            answers = new BeatAnswer[count];
            Arrays.fill(answers, BeatAnswer.getDefaultInstance());
            open = count;
            if (open == 0) {
                end();
            }
        }

        private void settle() {
            open--;
            if (open == 0) {
                end();
            }
        }

        private void end() {
            observer.onNext(PassBeatsAnswer.newBuilder().addAllAnswers(List.of(answers)).build());
            observer.onCompleted();
        }

        private final class Place implements Answerable<BeatAnswer> {
            private final int at;

            Place(int at) {
                this.at = at;
            }

            @Override
            public void send(BeatAnswer answer) {
                answers[at] = answer.toBuilder().setPassed(true).build();
                settle();
            }

            @Override
            public void sendLater(Supplier<BeatAnswer> answer) {
                eventLoop.execute(() -> send(answer.get()));
            }

            @Override
            public void fail(UnansweredException why) {
                eventLoop.execute(Frame.this::settle);
            }

            @Override
            public void malformed(MalformedException why) {
                settle();
            }
        }
    }
}
