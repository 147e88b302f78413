package io.staddle.server.front;

import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;
import io.staddle.storage.View;

import java.util.concurrent.Executor;

/// A call that reads. Exactly one of [#answer] and [#fail] is called, once.
public interface ReadCall {
    /// How many queries it holds; 1 and up.
    int queries();

    /// How fresh the answer must be.
    Consistency consistency();

    /// When its caller stops waiting, by [System#nanoTime].
    long deadlineNanos();

    /// Where [#answer] runs: the caller's event loop, or, for long reads, a thread that may be
    /// held up.
    Executor executor();

    /// Hears that there is a state that is fresh enough, before [#answer]; on a thread that must
    /// not be held up.
    default void fresh() {}

    /// Answers from a state that is fresh enough. The view is closed afterwards.
    void answer(View view, AnswerHeader header);

    /// Takes the reason why there is no answer; on a thread that must not be held up.
    void fail(UnansweredException why);
}
