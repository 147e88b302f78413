package io.staddle.server.grpc;

import io.staddle.api.id.MalformedException;
import io.staddle.server.front.UnansweredException;

import java.util.function.Supplier;

/// A request that waits for its answer: exactly one of these is called, once.
///
/// @param <A> the answer
interface Answerable<A> {
    /// Answers, on the thread that the request came on or one that may be held up.
    void send(A answer);

    /// Makes the answer on the thread that the request came on.
    void sendLater(Supplier<A> answer);

    /// Says that there is no answer.
    void fail(UnansweredException why);

    /// Says that the request can never be right.
    void malformed(MalformedException why);
}
