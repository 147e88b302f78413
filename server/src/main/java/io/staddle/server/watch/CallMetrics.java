package io.staddle.server.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.staddle.server.events.EventHub;
import io.staddle.server.front.CallCounters;
import io.staddle.server.front.Places;

import java.util.concurrent.atomic.LongAdder;

/// What can be measured of connections and of what they have under way.
public final class CallMetrics {
    private CallMetrics() {}

    /// Adds the meters.
    public static void bind(
            MeterRegistry registry, CallCounters calls, Places places, EventHub hub) {
        Gauge.builder("staddle.calls.held", calls.held(), LongAdder::sum)
                .description("calls that connections have under way, without beats and failovers")
                .register(registry);
        FunctionCounter.builder("staddle.calls.overloaded", calls.refused(), LongAdder::doubleValue)
                .description("calls on a connection with as many as it may have")
                .register(registry);
        Gauge.builder("staddle.connections", places, Places::taken)
                .description("connections that call, without beats, operators and other servers")
                .register(registry);
        FunctionCounter.builder("staddle.connections.overloaded", places, Places::refused)
                .description("calls that found as many connections as may call")
                .register(registry);
        watches(registry, "connection", calls.watchesRefused());
        watches(registry, "server", hub.counters().refused());
    }

    private static void watches(MeterRegistry registry, String of, LongAdder refused) {
        FunctionCounter.builder("staddle.watches.overloaded", refused, LongAdder::doubleValue)
                .description("watches that found as many as may be, by whose limit it was")
                .tag("of", of)
                .register(registry);
    }
}
