package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.ReadFront;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.metrics.Sheet.Point;

import java.util.List;
import java.util.Map;

/// What became of the commands and queries that this server took.
final class CommandMetrics implements MultiCollector {
    private final CommandFront commands;
    private final ReadFront reads;

    CommandMetrics(CommandFront commands, ReadFront reads) {
        this.commands = commands;
        this.reads = reads;
    }

    @Override
    public MetricSnapshots collect() {
        var fences = reads.counters().fences();
        return new Sheet()
                .counter(
                        "staddle_commands",
                        "Commands that were proposed here, by kind and what came of them",
                        outcomes())
                .counter(
                        "staddle_fence_checks",
                        "Fence checks that were answered here, by what was found",
                        "result",
                        Map.of("held", fences.held().sum(), "stale", fences.stale().sum()))
                .toSnapshots();
    }

    private List<Point> outcomes() {
        return commands.counters().outcomes().lines().stream()
                .map(line ->
                        new Point(
                                Labels.of("kind", line.kind(), "outcome", line.outcome()),
                                line.commands()))
                .toList();
    }
}
