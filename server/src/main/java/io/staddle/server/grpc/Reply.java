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

/// The answer to a call, or the answers to a stream of requests: the only way to whoever made it.
final class Reply<A> implements Answerable<A> {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

    private final StreamObserver<A> observer;
    private final Executor eventLoop;
    private final boolean isStream;

    /// Only the event loop touches it.
    private boolean ended;

    /// A call with one answer.
    Reply(StreamObserver<A> observer, Executor eventLoop) {
        this(observer, eventLoop, false);
    }

    private Reply(StreamObserver<A> observer, Executor eventLoop, boolean isStream) {
        this.observer = observer;
        this.eventLoop = eventLoop;
        this.isStream = isStream;
        if (observer instanceof ServerCallStreamObserver<A> call) {
            // Else an answer to a caller who has gone is an exception.
            call.setOnCancelHandler(() -> {});
        }
    }

    /// A stream of requests with an answer each, until it ends or one fails.
    static <A> Reply<A> stream(StreamObserver<A> observer, Executor eventLoop) {
        return new Reply<>(observer, eventLoop, true);
    }

    /// Answers, on the caller's event loop or a thread that may be held up.
    @Override
    public void send(A answer) {
        if (ended) {
            return;
        }
        observer.onNext(answer);
        if (!isStream) {
            end();
        }
    }

    /// Ends it without another answer, on the caller's event loop.
    void end() {
        if (!ended) {
            ended = true;
            observer.onCompleted();
        }
    }

    /// Makes the answer on the caller's event loop.
    @Override
    public void sendLater(Supplier<A> answer) {
        later(() -> send(answer.get()));
    }

    @Override
    public void fail(UnansweredException why) {
        later(() -> endWith(Statuses.of(why)));
    }

    void malformed(String message) {
        endWith(Statuses.malformed(message));
    }

    @Override
    public void malformed(MalformedException e) {
        endWith(Statuses.malformed(e));
    }

    void forbidden(String message) {
        endWith(Statuses.forbidden(message));
    }

    private void endWith(Throwable why) {
        if (!ended) {
            ended = true;
            observer.onError(why);
        }
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
            endWith(e);
        }
    }
}
