package io.staddle.server.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staddle.api.id.MalformedException;
import io.staddle.server.front.UnansweredException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/// The one answer to a call.
final class Reply<A> {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

    private final StreamObserver<A> observer;
    private final Executor eventLoop;

    Reply(StreamObserver<A> observer, Executor eventLoop) {
        this.observer = observer;
        this.eventLoop = eventLoop;
        if (observer instanceof ServerCallStreamObserver<A> call) {
            // Else an answer to a caller who has gone is an exception.
            call.setOnCancelHandler(() -> {});
        }
    }

    /// Answers, on the caller's event loop or a thread that may be held up.
    void send(A answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    /// Makes the answer on the caller's event loop.
    void sendLater(Supplier<A> answer) {
        later(() -> send(answer.get()));
    }

    void fail(UnansweredException why) {
        later(() -> observer.onError(Statuses.of(why)));
    }

    void malformed(String message) {
        observer.onError(Statuses.malformed(message));
    }

    void malformed(MalformedException e) {
        observer.onError(Statuses.malformed(e));
    }

    private void later(Runnable answer) {
        try {
            eventLoop.execute(() -> attempt(answer));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("a call was not answered: its connection has gone");
        }
    }

    private void attempt(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException e) {
            LOG.error("an answer could not be made", e);
            observer.onError(e);
        }
    }
}
