package io.staddle.server.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.staddle.server.events.EventHub;
import io.staddle.server.events.WatchCounters;

import java.util.concurrent.atomic.LongAdder;

/// What can be measured of those who watch.
public final class WatchMetrics {
    private WatchMetrics() {}

    /// Adds the meters.
    public static void bind(MeterRegistry registry, EventHub hub) {
        WatchCounters counters = hub.counters();
        Gauge.builder("staddle.watch.lag.entries", hub, EventHub::lagEntries)
                .description("entries that the slowest one who watches has yet to be sent")
                .register(registry);
        Gauge.builder("staddle.watchers", counters, each -> each.watchers().get())
                .description("who watches events on this server")
                .register(registry);
        FunctionCounter.builder(
                        "staddle.watch.fell.behind", counters.lagging(), LongAdder::doubleValue)
                .description("how often one who watches was too slow")
                .register(registry);
        FunctionCounter.builder(
                        "staddle.watch.history.pages", counters.readings(), LongAdder::doubleValue)
                .description("pages of history read for those who are behind")
                .register(registry);
    }
}
