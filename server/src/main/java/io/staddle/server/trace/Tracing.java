package io.staddle.server.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.staddle.api.query.Consistency;
import io.staddle.server.config.ServerConfig;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Decides which commands and queries are traced, and begins their spans.
///
/// One whose caller is traced is traced if its caller is sampled. Of the others, as many as
/// `tracing.sample-ratio` says.
public final class Tracing implements AutoCloseable {
    private static final String PARENT = "traceparent";

    private final boolean on;
    private final Tracer tracer;
    private final double sampleRatio;
    private final Runnable close;

    private Tracing(boolean on, Tracer tracer, double sampleRatio, Runnable close) {
        this.on = on;
        this.tracer = tracer;
        this.sampleRatio = sampleRatio;
        this.close = close;
    }

    /// Exports to where the configuration says; nothing if it says nothing.
    ///
    /// @param version of this build
    public static Tracing of(ServerConfig config, String version) {
        if (config.tracing().endpoint().isEmpty()) {
            return new Tracing(false, TracerProvider.noop().get("none"), 0, () -> {});
        }
        Export export = Export.to(config.tracing().endpoint().get(), config, version);
        return new Tracing(true, export.tracer(), config.tracing().sampleRatio(), export::close);
    }

    /// Whether anything is traced.
    public boolean isOn() {
        return on;
    }

    /// Begins the span of a command, if it is to be traced.
    ///
    /// @param command what it is called, such as `acquire`
    /// @param traceparent the header of W3C Trace Context; what is none means that there is none
    public CommandTrace begin(String command, String traceparent) {
        if (!on) {
            return CommandTrace.NONE;
        }
        SpanContext caller = caller(traceparent);
        return isSampled(caller) ? CommandTrace.begin(tracer, command, caller) : CommandTrace.NONE;
    }

    /// Begins the span of a query, if it is to be traced.
    ///
    /// @param query what it is called, such as `lookup`
    /// @param traceparent the header of W3C Trace Context; what is none means that there is none
    public QueryTrace begin(String query, Consistency consistency, String traceparent) {
        if (!on) {
            return QueryTrace.NONE;
        }
        SpanContext caller = caller(traceparent);
        return isSampled(caller)
                ? QueryTrace.begin(tracer, query, consistency, caller)
                : QueryTrace.NONE;
    }

    private boolean isSampled(SpanContext caller) {
        return caller.isValid()
                ? caller.isSampled()
                : ThreadLocalRandom.current().nextDouble() < sampleRatio;
    }

    /// Sends what is left, for a moment.
    @Override
    public void close() {
        close.run();
    }

    private static SpanContext caller(String traceparent) {
        if (traceparent.isEmpty()) {
            return SpanContext.getInvalid();
        }
        Context extracted =
                W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), traceparent, Header.INSTANCE);
        return Span.fromContext(extracted).getSpanContext();
    }

    /// The one header of a carrier that is that header.
    private enum Header implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(PARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(PARENT) ? carrier : null;
        }
    }
}
