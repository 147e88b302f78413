package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.task.LeaderTasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The checks of `/livez` and `/readyz`, and the leader's tasks that failed.
public final class HealthMetrics implements MultiCollector {
    private final Health health;
    private final LeaderTasks tasks;

    /// Measures these.
    public HealthMetrics(Health health, LeaderTasks tasks) {
        this.health = health;
        this.tasks = tasks;
    }

    @Override
    public MetricSnapshots collect() {
        return new Sheet()
                .gauge(
                        "staddle_live",
                        "1 for each check of /livez that passes",
                        "check",
                        passes(health.liveChecks()))
                .gauge(
                        "staddle_ready",
                        "1 for each check of /readyz that passes",
                        "check",
                        passes(health.readyChecks()))
                .counter(
                        "staddle_task_failures",
                        "Runs of a task of the leader that failed",
                        "task",
                        tasks.failures())
                .toSnapshots();
    }

    private static Map<String, Integer> passes(List<Check> checks) {
        Map<String, Integer> passes = new LinkedHashMap<>();
        checks.forEach(check -> passes.put(check.name(), check.passes() ? 1 : 0));
        return passes;
    }
}
