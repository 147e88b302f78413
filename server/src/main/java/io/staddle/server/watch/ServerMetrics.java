package io.staddle.server.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.query.ReplayStatus;
import io.staddle.server.agreement.Agreement;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.ReadFront;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;
import io.staddle.statemachine.query.ReplayQueries;
import io.staddle.storage.View;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// What can be measured, read from its source when it is asked for: nothing is done per call.
public final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    /// Measures these, and the JVM.
    public ServerMetrics(
            Quorum quorum, CommandFront commands, ReadFront reads, Agreement agreement) {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        pauses.bindTo(registry);
        bindCommands(commands);
        bindReads(reads);
        bindQuorum(quorum);
        bindAgreement(agreement);
        bindReplay(quorum);
    }

    /// Returns where others add meters.
    public MeterRegistry registry() {
        return registry;
    }

    /// Returns all of it in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        pauses.close();
        registry.close();
    }

    private void bindCommands(CommandFront front) {
        counter("staddle.commands", front.counters().commands());
        counter("staddle.entries", front.counters().entries());
        counter("staddle.entries.failed", front.counters().failedEntries());
        counter("staddle.commands.overloaded", front.counters().overloaded());
        gauge("staddle.commands.held", front, CommandFront::commandsHeld);
    }

    private void bindReads(ReadFront front) {
        counter("staddle.queries", front.counters().queries());
        counter("staddle.rounds", front.counters().rounds());
        counter("staddle.rounds.failed", front.counters().failedRounds());
        counter("staddle.queries.overloaded", front.counters().overloaded());
        gauge("staddle.queries.held", front, ReadFront::queriesHeld);
    }

    private void bindQuorum(Quorum quorum) {
        standing("staddle.raft.term", quorum, Standing::term);
        standing("staddle.raft.commit.index", quorum, Standing::commitIndex);
        standing("staddle.raft.applied.index", quorum, Standing::appliedIndex);
        standing("staddle.raft.leader", quorum, each -> each.leaderReady() ? 1 : 0);
        standing("staddle.raft.silence.millis", quorum, Standing::millisSinceLeaderHeard);
    }

    private void bindReplay(Quorum quorum) {
        gauge("staddle.replay.entries", quorum, each -> waiting(each, ReplayQueue::entries));
        gauge("staddle.replay.bytes", quorum, each -> waiting(each, ReplayQueue::bytes));
    }

    private static long waiting(Quorum quorum, ToLongFunction<ReplayQueue> count) {
        try (View view = quorum.view()) {
            return new ReplayQueries(view)
                    .all().stream().map(ReplayStatus::queue).mapToLong(count).sum();
        }
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

    private void standing(String name, Quorum quorum, ToDoubleFunction<Standing> value) {
        gauge(name, quorum, each -> value.applyAsDouble(each.standing()));
    }
}
