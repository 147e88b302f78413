package io.staddle.bench;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;
import io.staddle.client.GrainCursor;
import io.staddle.client.Result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Many grains in and out.
final class Bulk {
    private static final int LISTED = 100_000;
    private static final int PIECE = 100_000;

    private final Bench bench;
    private final int leader;

    Bulk(Bench bench) {
        this.bench = bench;
        leader = bench.servers().leader(bench.client());
    }

    /// Imports the grains of the load, all owned by the first cluster.
    void importAll() {
        Grains grains = bench.grains();
        measured(
                "grains",
                grains.count(),
                i -> new DirectoryCommand.Import(grains.id(i), grains.owner(i), grains.epoch(i)));
    }

    /// Imports as many again, each time of another owner: what servers that are warm take for it.
    void importMore() {
        for (int round = 1; round <= bench.options().segments(); round++) {
            ClusterId owner = new ClusterId("import-" + round);
            bench.register(owner.value());
            measured("more grains", bench.grains().count(), i -> grantTo(owner, i));
        }
    }

    private void measured(String what, int count, IntFunction<DirectoryCommand> command) {
        Used before = used();
        double millis = importing(count, command);
        bench.say(
                "import of %,d %s: %.1f s, %s"
                        .formatted(count, what, millis / 1e3, micros(used().since(before), count)));
    }

    /// Lists every grain.
    void export() {
        GrainFilter all = new GrainFilter.All();
        long grains = (long) bench.grains().count() * (bench.options().segments() + 1);
        Used before = used();
        List<Double> millis =
                repeated(
                        bench.grains().count(),
                        () -> bench.client().grains().list(all, Consistency.LINEARIZABLE));
        bench.say(
                "export of %,d grains: %s, %s"
                        .formatted(
                                bench.grains().count(),
                                Stats.range(millis, "ms"),
                                micros(used().since(before), grains)));
    }

    /// Lists the grains of an owner that owns some of many.
    void list() {
        ClusterId lister = new ClusterId("lister");
        bench.register(lister.value());
        importTo(lister, LISTED);
        long grains = (long) LISTED * (bench.options().segments() + 1);
        Used before = used();
        List<Double> millis = repeated(LISTED, () -> bench.client().grains().listByOwner(lister));
        bench.say(
                "list of %,d grains of an owner: %s, %s"
                        .formatted(
                                LISTED,
                                Stats.range(millis, "ms"),
                                micros(used().since(before), grains)));
    }

    private Used used() {
        return Used.now(bench.servers(), leader);
    }

    /// Shows what each grain cost, of all and of the first rounds, too.
    private static String micros(Used used, long grains) {
        return "%.1f CPU-µs a grain (leader %.1f, client %.1f), others %.2f core"
                .formatted(
                        (double) used.ours() / grains,
                        (double) used.leader() / grains,
                        (double) used.client() / grains,
                        used.otherCores());
    }

    /// Gives a cluster new grains of a type of its own.
    void importTo(ClusterId owner, int count) {
        importing(count, i -> grantTo(owner, i));
    }

    private static DirectoryCommand grantTo(ClusterId owner, int number) {
        return new DirectoryCommand.Import(grainOf(owner, number), owner, new Epoch(1));
    }

    /// Returns a grain of those that a cluster was given.
    static GrainId grainOf(ClusterId owner, int number) {
        return new GrainId(new GrainType("of-" + owner.value()), Grains.key(number));
    }

    private double importing(int count, IntFunction<DirectoryCommand> command) {
        long start = System.nanoTime();
        for (int from = 0; from < count; from += PIECE) {
            List<DirectoryCommand> piece =
                    IntStream.range(from, Math.min(count, from + PIECE)).mapToObj(command).toList();
            for (Result<Answer> result : bench.client().grains().carryOut(piece)) {
                if (!(result instanceof Result.Done)) {
                    throw new IllegalStateException("an import was not done: " + result);
                }
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private List<Double> repeated(int atLeast, Supplier<GrainCursor> list) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < bench.options().segments() + 1; i++) {
            long start = System.nanoTime();
            int found = 0;
            try (GrainCursor cursor = list.get()) {
                for (; cursor.hasNext(); found++) {
                    cursor.next();
                }
            }
            if (found < atLeast) {
                throw new IllegalStateException("listed " + found + " of " + atLeast);
            }
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return millis.subList(1, millis.size()); // the first one warms up
    }
}
