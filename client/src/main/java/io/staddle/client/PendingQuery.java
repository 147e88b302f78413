package io.staddle.client;

import java.util.function.Function;

/// A query without an answer, which travels alone.
///
/// @param <Q> the message that asks
/// @param <A> the message that answers
final class PendingQuery<Q, A, T> extends Pending<A, T> {
    final Q query;
    private final Function<A, T> view;

    PendingQuery(Q query, Function<A, T> view, long deadlineNanos) {
        super(deadlineNanos);
        this.query = query;
        this.view = view;
    }

    @Override
    int bytes() {
        return 0;
    }

    @Override
    T read(A answer) {
        return view.apply(answer);
    }

    @Override
    void expire(Failures why, boolean underWay) {
        future.completeExceptionally(why.ofQuery(underWay || isInDoubt()));
    }
}
