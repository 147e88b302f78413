package io.staddle.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.staddle.api.answer.Outcome;
import io.staddle.api.refusal.RefusalText;

/// The span of one command of a call, from when it was read until it is answered, and within it the
/// time that it waits for a log entry.
public final class CommandTrace {
    /// That of a command that nobody traces: it costs nothing.
    public static final CommandTrace NONE =
            new CommandTrace(
                    TracerProvider.noop().get("none"), Span.getInvalid(), Span.getInvalid());

    private static final AttributeKey<String> COMMAND = AttributeKey.stringKey("staddle.command");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("staddle.outcome");
    private static final AttributeKey<String> REFUSAL = AttributeKey.stringKey("staddle.refusal");
    private static final AttributeKey<String> REVISION = AttributeKey.stringKey("staddle.revision");

    private final Tracer tracer;
    private final Span span;
    private final Span queue;
    private final boolean traced;

    private CommandTrace(Tracer tracer, Span span, Span queue) {
        this.tracer = tracer;
        this.span = span;
        this.queue = queue;
        this.traced = span.getSpanContext().isValid();
    }

    /// @param caller the span of whoever asks; one that is not valid begins a trace
    static CommandTrace begin(Tracer tracer, String command, SpanContext caller) {
        Span span =
                tracer.spanBuilder("staddle " + command)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(Context.root().with(Span.wrap(caller)))
                        .setAttribute(COMMAND, command)
                        .startSpan();
        Span queue =
                tracer.spanBuilder("staddle queue")
                        .setParent(Context.root().with(span))
                        .startSpan();
        return new CommandTrace(tracer, span, queue);
    }

    boolean isTraced() {
        return traced;
    }

    Tracer tracer() {
        return tracer;
    }

    Span span() {
        return span;
    }

    /// It does not wait any more: it is proposed as part of an entry.
    void proposedIn(SpanContext entry) {
        queue.end();
        span.addLink(entry);
    }

    /// Ends it with what was decided. A refusal is an answer, and no error.
    public void answered(Outcome outcome) {
        if (!traced) {
            return;
        }
        switch (outcome) {
            case Outcome.Done done -> {
                span.setAttribute(OUTCOME, "done");
                span.setAttribute(REVISION, done.revision().toString());
            }
            case Outcome.Refused refused -> {
                span.setAttribute(OUTCOME, "refused");
                span.setAttribute(REFUSAL, RefusalText.of(refused.why()).code());
                span.setAttribute(REVISION, refused.revision().toString());
            }
        }
        end();
    }

    /// Ends it without an outcome.
    ///
    /// @param unknown whether it may be decided all the same
    public void failed(Throwable why, boolean unknown) {
        if (traced) {
            span.setAttribute(OUTCOME, unknown ? "unknown" : "failed");
            span.setStatus(StatusCode.ERROR, String.valueOf(why.getMessage()));
            end();
        }
    }

    private void end() {
        queue.end();
        span.end();
    }
}
