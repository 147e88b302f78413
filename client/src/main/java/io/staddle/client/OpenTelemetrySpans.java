package io.staddle.client;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Makes a span of each call, by the OpenTelemetry of whoever made the client.
///
/// Beats have none: they are no part of what anybody asked for.
final class OpenTelemetrySpans implements CallSpans {
    private static final AttributeKey<String> COMMAND = AttributeKey.stringKey("staddle.command");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("staddle.query");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("staddle.outcome");
    private static final AttributeKey<String> REFUSAL = AttributeKey.stringKey("staddle.refusal");
    private static final AttributeKey<String> REVISION = AttributeKey.stringKey("staddle.revision");
    private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("staddle.attempts");

    private final Tracer tracer;

    /// Where the calls belong; empty for where their threads are.
    private final Optional<Context> parent;

    private OpenTelemetrySpans(Tracer tracer, Optional<Context> parent) {
        this.tracer = tracer;
        this.parent = parent;
    }

    static CallSpans of(OpenTelemetry openTelemetry) {
        return new OpenTelemetrySpans(
                openTelemetry.getTracer("io.staddle.client"), Optional.empty());
    }

    @Override
    public CallSpans here() {
        return new OpenTelemetrySpans(tracer, Optional.of(Context.current()));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the future that matters
    public CallSpan begin(Pending<?, ?> call) {
        if (call.isBeat()) {
            return CallSpan.NONE;
        }
        Span span = builder(call).startSpan();
        if (span.isRecording()) {
            call.future.whenComplete((value, failure) -> {
                if (failure != null) {
                    failed(span, failure);
                } else if (value instanceof Result<?> result) {
                    decided(span, result);
                } else {
                    span.setAttribute(OUTCOME, "done");
                }
                span.setAttribute(ATTEMPTS, (long) call.attempts);
                span.end();
            });
        }
        return span.getSpanContext().isSampled() ? told(span.getSpanContext()) : CallSpan.NONE;
    }

    private SpanBuilder builder(Pending<?, ?> call) {
        SpanBuilder builder =
                tracer.spanBuilder("staddle " + call.what())
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute(
                                call instanceof PendingCommand ? COMMAND : QUERY, call.what());
        return parent.isPresent() ? builder.setParent(parent.get()) : builder;
    }

    private static CallSpan told(SpanContext context) {
        String traceparent =
                "00-"
                        + context.getTraceId()
                        + "-"
                        + context.getSpanId()
                        + "-"
                        + context.getTraceFlags().asHex();
        return () -> traceparent;
    }

    private static void decided(Span span, Result<?> result) {
        switch (result) {
            case Result.Done<?> done -> {
                span.setAttribute(OUTCOME, "done");
                span.setAttribute(REVISION, done.revision().toString());
            }
            case Result.Refused<?> refused -> {
                refused(span, refused.why());
                span.setAttribute(REVISION, refused.revision().toString());
            }
            case Result.Unknown<?> unknown -> {
                span.setAttribute(OUTCOME, "unknown");
                span.setStatus(StatusCode.ERROR, unknown.why());
            }
        }
    }

    /// A refusal is an answer, and no error.
    private static void refused(Span span, Refusal why) {
        span.setAttribute(OUTCOME, "refused");
        span.setAttribute(REFUSAL, RefusalText.of(why).code());
    }

    private static void failed(Span span, Throwable failure) {
        switch (failure) {
            case StaddleRefusedException refused -> refused(span, refused.why());
            case CancellationException nobodyWaits -> span.setAttribute(OUTCOME, "cancelled");
            default -> {
                span.setAttribute(OUTCOME, "failed");
                span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
            }
        }
    }
}
