package io.staddle.client;

import io.staddle.api.v1.Query;

import java.util.Locale;
import java.util.function.Function;

/// A lookup or a fence check without an answer.
final class PendingRead<T> extends Pending<ReadExchange.Answered, T> {
    final Query query;
    private final Function<ReadExchange.Answered, T> view;

    PendingRead(Query query, Function<ReadExchange.Answered, T> view, long deadlineNanos) {
        super(deadlineNanos);
        this.query = query;
        this.view = view;
    }

    @Override
    String what() {
        return query.getKindCase().name().toLowerCase(Locale.ROOT);
    }

    @Override
    int bytes() {
        return query.getSerializedSize();
    }

    @Override
    T read(ReadExchange.Answered answer) {
        return view.apply(answer);
    }

    @Override
    void expire(Failures why, boolean underWay) {
        future.completeExceptionally(why.ofQuery(underWay || isInDoubt()));
    }
}
