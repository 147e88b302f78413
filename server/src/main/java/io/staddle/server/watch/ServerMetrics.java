package io.staddle.server.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.staddle.server.agreement.Agreement;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.front.ReadFront;
import io.staddle.server.metrics.RatisMeters;
import io.staddle.server.raft.Quorum;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/// What can be measured (`docs/metrics.md`). Nothing is allocated or looked up per call: it is read
/// from its source when it is asked for, or noted once for many calls.
public final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    /// Measures these, Ratis and the JVM.
    public ServerMetrics(
            Quorum quorum, CommandFront commands, ReadFront reads, Agreement agreement) {
        RatisMeters.addTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        pauses.bindTo(registry);
        bindCommands(commands);
        bindReads(reads);
        bindAgreement(agreement);
        add(new CommandMetrics(commands, reads));
        add(new RaftMetrics(quorum));
        add(new StateMetrics(quorum));
    }

    /// Returns where others add meters.
    public MeterRegistry registry() {
        return registry;
    }

    /// Adds what is computed when it is asked for.
    public void add(MultiCollector collector) {
        collectors().register(collector);
    }

    /// Adds how often another server was seen to lead than before.
    public void addLeaderChanges(LongAdder changes) {
        counter("staddle.raft.leader.changes", changes);
    }

    /// Adds whether the disk is so full that not all commands are taken in.
    public void addReserve(DiskReserve reserve) {
        gauge("staddle.disk.low", reserve, each -> each.isLow() ? 1 : 0);
    }

    /// Returns all of it in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        RatisMeters.removeFrom(registry);
        pauses.close();
        registry.close();
    }

    private PrometheusRegistry collectors() {
        return registry.getPrometheusRegistry();
    }

    private void bindCommands(CommandFront front) {
        collectors().register(front.counters().entrySizes());
        collectors().register(front.counters().commitSeconds());
        counter("staddle.entries.failed", front.counters().failedEntries());
        counter("staddle.commands.overloaded", front.counters().overloaded());
        counter("staddle.commands.vital.overloaded", front.counters().vitalOverloaded());
        counter("staddle.commands.kept.out", front.counters().keptOut());
        gauge("staddle.commands.held", front, CommandFront::commandsHeld);
    }

    private void bindReads(ReadFront front) {
        collectors().register(front.counters().roundSeconds());
        counter("staddle.queries", front.counters().queries());
        counter("staddle.read.rounds.failed", front.counters().failedRounds());
        counter("staddle.queries.overloaded", front.counters().overloaded());
        gauge("staddle.queries.held", front, ReadFront::queriesHeld);
    }

    private void bindAgreement(Agreement agreement) {
        counter("staddle.digest.comparisons", agreement.comparisons());
        gauge("staddle.digest.agreed.index", agreement, Agreement::agreedIndex);
        gauge("staddle.digest.differing", agreement, each -> each.differing().size());
    }

    private void counter(String name, LongAdder adder) {
        FunctionCounter.builder(name, adder, LongAdder::doubleValue).register(registry);
    }

    private <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).register(registry);
    }
}
