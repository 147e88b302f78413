package io.staddle.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.staddle.statemachine.ratis.EntryStages;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The span of a log entry on the server that proposed it, and within it the time until it was
/// committed and the time that it took to apply.
///
/// Many commands share an entry, and a span has one parent: that is the first command that is
/// traced. The entry has links to the others, and each command has one to the entry.
public final class EntryTrace implements EntryStages {
    /// That of an entry of which no command is traced: it costs nothing.
    public static final EntryTrace NONE = new EntryTrace(List.of());

    private static final AttributeKey<Long> COMMANDS = AttributeKey.longKey("staddle.commands");
    private static final AttributeKey<Long> INDEX = AttributeKey.longKey("staddle.index");

    private final List<CommandTrace> commands;
    private final Instant begun = Instant.now();
    private final long begunNanos = System.nanoTime();
    private Span span = Span.getInvalid();

    // Written by the thread that applies.
    private volatile long index;
    private volatile long committedNanos = begunNanos;
    private volatile long appliedNanos = begunNanos;

    private EntryTrace(List<CommandTrace> commands) {
        this.commands = commands;
    }

    /// Returns that of the same entry with one more command.
    public EntryTrace with(CommandTrace command) {
        if (!command.isTraced()) {
            return this;
        }
        EntryTrace all = commands.isEmpty() ? new EntryTrace(new ArrayList<>()) : this;
        all.commands.add(command);
        return all;
    }

    /// Begins the span.
    ///
    /// @param size how many commands the entry has, traced or not
    public EntryTrace begin(int size) {
        if (commands.isEmpty()) {
            return this;
        }
        CommandTrace first = commands.getFirst();
        SpanBuilder builder =
                first.tracer()
                        .spanBuilder("staddle entry")
                        .setParent(Context.root().with(first.span()))
                        .setStartTimestamp(begun)
                        .setAttribute(COMMANDS, (long) size);
        commands.stream().skip(1).forEach(each -> builder.addLink(each.span().getSpanContext()));
        span = builder.startSpan();
        commands.forEach(each -> each.proposedIn(span.getSpanContext()));
        return this;
    }

    /// Ends the span with the entry, before whoever has `outcome` from here goes on.
    public <T> CompletableFuture<T> endingWith(CompletableFuture<T> outcome) {
        return commands.isEmpty() ? outcome : outcome.whenComplete((_, failure) -> end(failure));
    }

    /// Only notes the time: nothing here may hold up or break what applies.
    @Override
    public void committed(long at) {
        index = at;
        committedNanos = System.nanoTime();
    }

    @Override
    public void applied() {
        appliedNanos = System.nanoTime();
    }

    private void end(@Nullable Throwable failure) {
        if (failure == null) {
            Tracer tracer = commands.getFirst().tracer();
            span.setAttribute(INDEX, index);
            part(tracer, "staddle commit", begunNanos, committedNanos);
            part(tracer, "staddle apply", committedNanos, appliedNanos);
        } else {
            span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
        }
        span.end(at(System.nanoTime()));
    }

    private void part(Tracer tracer, String name, long from, long to) {
        tracer.spanBuilder(name)
                .setParent(Context.root().with(span))
                .setStartTimestamp(at(from))
                .startSpan()
                .end(at(to));
    }

    private Instant at(long nanos) {
        return begun.plusNanos(nanos - begunNanos);
    }
}
