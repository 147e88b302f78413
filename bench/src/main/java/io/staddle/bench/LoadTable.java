package io.staddle.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Throughput, latency and CPU of each kind of call, at each number of calls outstanding.
final class LoadTable {
    private static final List<String> OPERATIONS =
            List.of("acquire", "promote", "lookup", "stale", "mixed");
    private static final double WARM_UP_SECONDS = 0.5;

    /// A row of the table.
    private record Row(String operation, int outstanding) {}

    private final Bench bench;
    private final Map<Row, List<Segment>> segments = new LinkedHashMap<>();

    LoadTable(Bench bench) {
        this.bench = bench;
    }

    /// Measures all rows in turn, as often as there are segments: so a noisy minute spoils one
    /// segment of many rows and not all of one.
    void measure() {
        for (Row row : rows()) {
            segments.put(row, new ArrayList<>());
        }
        rows().stream().map(Row::operation).distinct().forEach(this::warmUp);
        long term = bench.servers().term(bench.client());
        for (int i = 0; i < bench.options().segments(); i++) {
            segments.forEach((row, of) -> of.add(segment(row)));
        }
        print();
        long elections = bench.servers().term(bench.client()) - term;
        bench.say("elections during the load: " + elections);
    }

    private List<Row> rows() {
        return OPERATIONS.stream()
                .filter(bench.options()::has)
                .flatMap(operation ->
                        bench.options().outstanding().stream()
                                .map(outstanding -> new Row(operation, outstanding)))
                .toList();
    }

    private void warmUp(String operation) {
        Load load = Load.start(bench.operations().named(operation), 256);
        Deployment.sleepMillis((long) (bench.options().warmUpSeconds() * 1_000));
        load.stop();
    }

    private Segment segment(Row row) {
        Operation operation = bench.operations().named(row.operation());
        int leader = bench.servers().leader(bench.client());
        Load load = Load.start(operation, row.outstanding());
        try {
            Deployment.sleepMillis((long) (WARM_UP_SECONDS * 1_000));
            return Segment.of(load, bench.options().seconds(), bench.servers(), leader);
        } finally {
            load.stop();
        }
    }

    private void print() {
        bench.say("");
        bench.say(
                "| call | outstanding | a second | p50 ms | p99 ms | p99.9 ms | CPU-µs a call |"
                        + " leader | client | others, cores | quiet | failed |");
        bench.say("|---|---|---|---|---|---|---|---|---|---|---|---|");
        segments.forEach((row, of) -> bench.say(line(row, of)));
        bench.say("");
    }

    private static String line(Row row, List<Segment> of) {
        Segment m = Segment.median(of);
        long quiet = of.stream().filter(segment -> segment.otherCores() < 0.15).count();
        return "| %s | %d | %,.0f | %.2f | %.1f | %.1f | %.0f | %.0f | %.0f | %.2f | %d/%d | %d |"
                .formatted(
                        row.operation(),
                        row.outstanding(),
                        m.rate(),
                        m.p50Millis(),
                        m.p99Millis(),
                        m.p999Millis(),
                        m.cpuMicros(),
                        m.leaderMicros(),
                        m.clientMicros(),
                        m.otherCores(),
                        quiet,
                        of.size(),
                        m.failed());
    }
}
