package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.id.MalformedException;
import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;
import io.staddle.server.config.Limits;
import io.staddle.server.front.ReadCall;
import io.staddle.server.front.ReadFront;
import io.staddle.server.front.UnansweredException;
import io.staddle.storage.View;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Takes reads to the front.
final class Reads {
    private final ReadFront front;
    private final Limits limits;
    private final Executor longReads;

    /// @param longReads threads that may be held up
    Reads(ReadFront front, Limits limits, Executor longReads) {
        this.front = front;
        this.limits = limits;
        this.longReads = longReads;
    }

    Limits limits() {
        return limits;
    }

    /// Makes an answer from a state.
    @FunctionalInterface
    interface Question<A> {
        A answer(View view, io.staddle.api.v1.AnswerHeader header);
    }

    /// What is asked, and how fresh the answer must be.
    ///
    /// @param queries how many queries it stands for
    record Request<A>(Consistency consistency, int queries, Question<A> question) {
        static <A> Request<A> of(io.staddle.api.v1.Consistency level, Question<A> question) {
            return new Request<>(Consistencies.decode(level), 1, question);
        }
    }

    /// Answers on the caller's event loop: for reads of a few rows.
    ///
    /// @param request throws [MalformedException] if what was asked can never be right
    <A> void point(Supplier<Request<A>> request, StreamObserver<A> observer) {
        Caller caller = Caller.current(limits);
        submit(request, observer, caller, caller.eventLoop());
    }

    /// Answers on a thread that may be held up: for reads of many rows.
    ///
    /// @param request throws [MalformedException] if what was asked can never be right
    <A> void scan(Supplier<Request<A>> request, StreamObserver<A> observer) {
        submit(request, observer, Caller.current(limits), longReads);
    }

    private <A> void submit(
            Supplier<Request<A>> request,
            StreamObserver<A> observer,
            Caller caller,
            Executor executor) {
        Reply<A> reply = new Reply<>(observer, caller.eventLoop());
        try {
            front.submit(new Call<>(request.get(), caller.deadlineNanos(), executor, reply));
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    private record Call<A>(
            Request<A> request, long deadlineNanos, Executor executor, Reply<A> reply)
            implements ReadCall {
        @Override
        public int queries() {
            return request.queries();
        }

        @Override
        public Consistency consistency() {
            return request.consistency();
        }

        @Override
        public void answer(View view, AnswerHeader header) {
            reply.send(request.question().answer(view, Consistencies.encode(header)));
        }

        @Override
        public void fail(UnansweredException why) {
            reply.fail(why);
        }
    }
}
