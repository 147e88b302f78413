package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.id.MalformedException;
import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Moment;
import io.staddle.server.config.Limits;
import io.staddle.server.front.FenceChecks;
import io.staddle.server.front.ReadCall;
import io.staddle.server.front.ReadFront;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.trace.Tracing;
import io.staddle.statemachine.past.Past;
import io.staddle.statemachine.past.Resolution;
import io.staddle.statemachine.past.UndoIndex;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Takes reads to the front.
final class Reads {
    private final ReadFront front;
    private final Limits limits;
    private final Executor longReads;
    private final InstantSource clock;
    private final Tracing tracing;
    private final UndoIndex index = new UndoIndex();
    private final Past past = new Past(index);

    /// @param longReads threads that may be held up
    /// @param clock by which it is known what has not been yet
    Reads(
            ReadFront front,
            Limits limits,
            Executor longReads,
            InstantSource clock,
            Tracing tracing) {
        this.tracing = tracing;
        this.front = front;
        this.limits = limits;
        this.longReads = longReads;
        this.clock = clock;
    }

    /// Returns the states of the past.
    Past past() {
        return past;
    }

    /// Returns where to find what was overwritten.
    UndoIndex index() {
        return index;
    }

    FenceChecks fences() {
        return front.counters().fences();
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
    /// @param traces begins those of them, if anything is traced
    record Request<A>(
            Consistency consistency, int queries, Question<A> question, QueryTraces.Begin traces) {
        /// What is one query to whoever asks.
        Request(Consistency consistency, int queries, Question<A> question) {
            this(consistency, queries, question, QueryTraces::ofCall);
        }

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
            Request<A> asked = request.get();
            // The first who asks for the past pays for all that has happened.
            boolean mayTakeLong = asked.consistency() instanceof Consistency.AsOf;
            front.submit(new Call<>(asked, caller, mayTakeLong ? longReads : executor, reply));
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    private final class Call<A> implements ReadCall {
        private final Request<A> request;
        private final Caller caller;
        private final Executor executor;
        private final Reply<A> reply;
        private final QueryTraces traces;

        Call(Request<A> request, Caller caller, Executor executor, Reply<A> reply) {
            this.request = request;
            this.caller = caller;
            this.executor = executor;
            this.reply = reply;
            this.traces =
                    tracing.isOn()
                            ? request.traces().begin(tracing, request.consistency())
                            : QueryTraces.NONE;
        }

        @Override
        public long deadlineNanos() {
            return caller.deadlineNanos();
        }

        @Override
        public Executor executor() {
            return executor;
        }

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
            switch (request.consistency()) {
                case Consistency.AsOf(var moment) -> answer(moment, view, header);
                case Consistency.Linearizable _,
                        Consistency.Stale _,
                        Consistency.Bounded _,
                        Consistency.AtLeast _ ->
                        send(view, header);
            }
        }

        private void send(View state, AnswerHeader header) {
            reply.send(request.question().answer(state, Consistencies.encode(header)));
            traces.answered(header.index());
        }

        @Override
        public void fresh() {
            traces.fresh();
        }

        private void answer(Moment moment, View view, AnswerHeader header) {
            try {
                switch (past.at(moment, view, clock.millis())) {
                    case Resolution.Seen(var at, var state) -> {
                        var then = new AnswerHeader(at.index(), header.server(), 0);
                        send(state, then);
                    }
                    case Resolution.Refused(var why) -> fail(UnansweredException.noSuchState(why));
                }
            } catch (MalformedException e) {
                traces.failed(e);
                reply.malformed(e);
            }
        }

        @Override
        public void fail(UnansweredException why) {
            traces.failed(why);
            reply.fail(why);
        }
    }
}
