package io.staddle.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.staddle.client.CallObserver;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Counts the calls of clients, and measures how long they take: timer `staddle.client.calls` with
/// the tags `kind` and `end`, as [CallObserver] has them.
///
/// Give it to the builder of each client that it is to see. Calls that ended before a registry was
/// bound are in none.
public final class StaddleClientMetrics implements MeterBinder, CallObserver {
    /// The name of the timer.
    public static final String CALLS = "staddle.client.calls";

    private final List<Timers> bound = new CopyOnWriteArrayList<>();

    /// Makes one that is bound to nothing.
    public StaddleClientMetrics() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        bound.add(new Timers(registry));
    }

    @Override
    public void ended(Kind kind, End end, long nanos) {
        for (Timers each : bound) {
            each.record(kind, end, nanos);
        }
    }

    /// Looked up once, and not with each call.
    private static final class Timers {
        private final Map<Kind, Map<End, Timer>> timers = new EnumMap<>(Kind.class);

        Timers(MeterRegistry registry) {
            for (Kind kind : Kind.values()) {
                Map<End, Timer> ends = new EnumMap<>(End.class);
                for (End end : End.values()) {
                    ends.put(end, timer(kind, end, registry));
                }
                timers.put(kind, ends);
            }
        }

        void record(Kind kind, End end, long nanos) {
            Objects.requireNonNull(Objects.requireNonNull(timers.get(kind)).get(end))
                    .record(nanos, TimeUnit.NANOSECONDS);
        }

        private static Timer timer(Kind kind, End end, MeterRegistry registry) {
            return Timer.builder(CALLS)
                    .description("Calls of the Staddle client, from its caller to the end")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .tag("end", end.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
