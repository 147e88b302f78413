package io.staddle.server.metrics;

import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.util.TimeDuration;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/// Makes Ratis count into Micrometer, found by its service loader. So there is one world of
/// metrics, and no second library.
public final class RatisRegistries extends MetricRegistries {
    private final ConcurrentMap<MetricRegistryInfo, RatisMetricRegistry> registries =
            new ConcurrentHashMap<>();

    /// Called by the service loader.
    public RatisRegistries() {}

    @Override
    public void clear() {
        registries.clear();
    }

    @Override
    public RatisMetricRegistry create(MetricRegistryInfo info) {
        return registries.computeIfAbsent(info, RatisRegistry::new);
    }

    @Override
    public boolean remove(MetricRegistryInfo info) {
        return registries.remove(info) != null;
    }

    @Override
    public Optional<RatisMetricRegistry> get(MetricRegistryInfo info) {
        return Optional.ofNullable(registries.get(info));
    }

    @Override
    public Set<MetricRegistryInfo> getMetricRegistryInfos() {
        return Set.copyOf(registries.keySet());
    }

    @Override
    public Collection<RatisMetricRegistry> getMetricRegistries() {
        return Set.copyOf(registries.values());
    }

    @Override
    public void addReporterRegistration(
            Consumer<RatisMetricRegistry> report, Consumer<RatisMetricRegistry> stop) {
        // Micrometer reports everything by itself.
    }

    @Override
    public void enableJmxReporter() {
        // Likewise.
    }

    @Override
    public void enableConsoleReporter(TimeDuration interval) {
        // Likewise.
    }
}
