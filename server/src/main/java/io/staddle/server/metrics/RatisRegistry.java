package io.staddle.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// One registry of Ratis, written to [RatisMeters#all], named as [RatisMeters] calls it, with the
/// tag `member`.
final class RatisRegistry implements RatisMetricRegistry {
    private final MetricRegistryInfo info;
    private final String component;
    private final Tags tags;

    RatisRegistry(MetricRegistryInfo info) {
        this.info = info;
        this.component = info.getMetricsComponentName();
        this.tags = Tags.of("member", info.getPrefix());
    }

    @Override
    public Timekeeper timer(String name) {
        Timer timer =
                Timer.builder(RatisMeters.name(component, name))
                        .tags(tags)
                        .register(RatisMeters.all());
        return () -> {
            long start = System.nanoTime();
            return () -> {
                long nanos = System.nanoTime() - start;
                timer.record(nanos, TimeUnit.NANOSECONDS);
                return nanos;
            };
        };
    }

    @Override
    public LongCounter counter(String name) {
        remove(name);
        Counted counted = new Counted();
        // A gauge, because Ratis counts down too.
        Gauge.builder(RatisMeters.name(component, name), counted.sum, LongAdder::sum)
                .tags(tags)
                .strongReference(true)
                .register(RatisMeters.all());
        return counted;
    }

    @Override
    public <T> void gauge(String name, Supplier<Supplier<T>> supplier) {
        // A server that leads again registers anew, and the old value is of its former term.
        remove(name);
        Supplier<T> value = supplier.get();
        Gauge.builder(RatisMeters.name(component, name), () -> number(value.get()))
                .tags(tags)
                .strongReference(true)
                .register(RatisMeters.all());
    }

    @Override
    public boolean remove(String name) {
        return RatisMeters.all().getMeters().stream()
                .map(meter -> meter.getId())
                .filter(id -> id.getName().equals(RatisMeters.name(component, name)))
                .filter(id -> info.getPrefix().equals(id.getTag("member")))
                .map(id -> RatisMeters.all().remove(id) != null)
                .reduce(false, Boolean::logicalOr);
    }

    @Override
    public MetricRegistryInfo getMetricRegistryInfo() {
        return info;
    }

    private static Number number(Object value) {
        return switch (value) {
            case Number number -> number;
            case Boolean flag -> flag ? 1 : 0;
            case null -> Double.NaN;
            case Object other -> Double.NaN;
        };
    }

    /// A counter that can go down.
    private static final class Counted implements LongCounter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void inc(long n) {
            sum.add(n);
        }

        @Override
        public void dec(long n) {
            sum.add(-n);
        }

        @Override
        public long getCount() {
            return sum.sum();
        }
    }
}
