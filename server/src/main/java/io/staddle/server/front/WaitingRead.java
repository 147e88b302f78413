package io.staddle.server.front;

import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// A read on its way through the front.
final class WaitingRead {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRead.class);

    private final ReadCall call;
    private final IntConsumer release;
    private final Consumer<RuntimeException> failed;
    private final AtomicBoolean done = new AtomicBoolean();

    /// @param release gives back the queries that the call held
    /// @param failed is told why the state could not be read
    WaitingRead(ReadCall call, IntConsumer release, Consumer<RuntimeException> failed) {
        this.call = call;
        this.release = release;
        this.failed = failed;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - call.deadlineNanos() >= 0;
    }

    boolean isDone() {
        return done.get();
    }

    /// Tells whether a state at `index` is one that the call may see, given that it is fresh.
    boolean isReached(long index) {
        return !(call.consistency() instanceof Consistency.AtLeast atLeast)
                || atLeast.index() <= index;
    }

    /// Answers on the call's executor and lets go of the view then.
    void serve(SharedView shared, AnswerHeader header) {
        call.fresh();
        try {
            call.executor().execute(() -> answer(shared, header));
        } catch (RejectedExecutionException stopping) {
            shared.release();
            fail(Failures.stopping(Fate.NONE));
        }
    }

    void fail(UnansweredException why) {
        if (done.compareAndSet(false, true)) {
            release.accept(call.queries());
            call.fail(why);
        }
    }

    private void answer(SharedView shared, AnswerHeader header) {
        try {
            if (done.compareAndSet(false, true)) {
                release.accept(call.queries());
                call.answer(shared.view(), header);
            }
        } catch (RuntimeException e) {
            failed.accept(e);
            call.fail(Failures.of(e, Fate.NONE, LOG));
        } finally {
            shared.release();
        }
    }
}
