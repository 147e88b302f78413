package io.staddle.client;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A query without an answer, which travels alone.
///
/// @param <Q> the message that asks
/// @param <A> the message that answers
final class PendingQuery<Q, A, T> extends Pending<A, T> {
    private static final Pattern WORDS = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    final Q query;
    private final Function<A, T> view;

    PendingQuery(Q query, Function<A, T> view, long deadlineNanos) {
        super(deadlineNanos);
        this.query = query;
        this.view = view;
    }

    /// Of `ListGrainsRequest`, `list_grains`.
    @Override
    String what() {
        return WORDS.matcher(messageName().replaceFirst("Request$", ""))
                .replaceAll("_")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    boolean isBeat() {
        return messageName().contains("Beat");
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

    private String messageName() {
        return query.getClass().getSimpleName();
    }
}
