package io.staddle.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.staddle.api.query.Consistency;

/// The span of one query of a call, from when it was read until it is answered, and within it the
/// time until this server has a state that is fresh enough: of a linearizable one that is a round
/// to a majority, and what has to be applied then.
public final class QueryTrace {
    /// That of a query that nobody traces: it costs nothing.
    public static final QueryTrace NONE = new QueryTrace(Span.getInvalid(), Span.getInvalid());

    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("staddle.query");
    private static final AttributeKey<String> CONSISTENCY =
            AttributeKey.stringKey("staddle.consistency");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("staddle.outcome");
    private static final AttributeKey<Long> INDEX = AttributeKey.longKey("staddle.index");

    private final Span span;
    private final Span wait;

    private QueryTrace(Span span, Span wait) {
        this.span = span;
        this.wait = wait;
    }

    /// @param caller the span of whoever asks; one that is not valid begins a trace
    static QueryTrace begin(
            Tracer tracer, String query, Consistency consistency, SpanContext caller) {
        Span span =
                tracer.spanBuilder("staddle " + query)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(Context.root().with(Span.wrap(caller)))
                        .setAttribute(QUERY, query)
                        .setAttribute(CONSISTENCY, word(consistency))
                        .startSpan();
        // What a server has is fresh enough for who takes it as it is.
        Span wait =
                consistency instanceof Consistency.Stale
                        ? Span.getInvalid()
                        : tracer.spanBuilder("staddle read-index")
                                .setParent(Context.root().with(span))
                                .startSpan();
        return new QueryTrace(span, wait);
    }

    /// Whether anybody traces it.
    public boolean isTraced() {
        return span.getSpanContext().isValid();
    }

    /// It does not wait any more: there is a state that is fresh enough.
    public void fresh() {
        wait.end();
    }

    /// Ends it with the place in the log of the state that it was answered from.
    public void answered(long index) {
        span.setAttribute(OUTCOME, "done");
        span.setAttribute(INDEX, index);
        end();
    }

    /// Ends it without an answer.
    public void failed(Throwable why) {
        span.setAttribute(OUTCOME, "failed");
        span.setStatus(StatusCode.ERROR, String.valueOf(why.getMessage()));
        end();
    }

    private void end() {
        wait.end();
        span.end();
    }

    private static String word(Consistency consistency) {
        return switch (consistency) {
            case Consistency.Linearizable _ -> "linearizable";
            case Consistency.Stale _ -> "stale";
            case Consistency.Bounded _ -> "bounded";
            case Consistency.AtLeast _ -> "at_least";
            case Consistency.AsOf _ -> "as_of";
        };
    }
}
