package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Ownership;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.query.ReplayQueries;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.RocksStore;
import io.staddle.storage.Store;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Random commands against the machine and against [Naive], which knows no holdings: the same
/// answers, and the same owners and epochs after each. `-Dstaddle.seed=N` runs one seed again.
final class ModelTest {
    private static final long FIRST_SEED = 1;
    private static final long FIRST_SEED_OF_QUEUES = 2_000;
    private static final long FIRST_SEED_OF_CLUSTERS = 3_000;
    private static final int SEEDS = 20;
    private static final int SEEDS_OF_CLUSTERS = 20;
    private static final int ALL_SEEDS = 40;
    private static final int COMMANDS = 250;

    @TempDir private Path directory;

    private record Step(Command command, long waitMillis) {}

    @Test
    void holdingsInMemoryAnswerAsAMapOfGrainsWould() {
        Long seed = Long.getLong("staddle.seed");
        if (seed != null) {
            run(seed, HeapStore.create(Schema.TABLES), COMMANDS);
            return;
        }
        TreeMap<String, Integer> codes = new TreeMap<>();
        for (long each : Seeds.from(FIRST_SEED, SEEDS, ALL_SEEDS)) {
            run(each, HeapStore.create(Schema.TABLES), COMMANDS)
                    .forEach(code -> codes.merge(code, 1, Integer::sum));
        }
        assertThat(codes.keySet())
                .as("a generator that never meets these tests less than it seems to")
                .contains(
                        "DONE",
                        "CAS_CONFLICT",
                        "CLUSTER_DRAINING",
                        "CLUSTER_FENCED",
                        "EPOCH_EXHAUSTED",
                        "EPOCH_JUMP",
                        "LEASE_TOO_LONG",
                        "NOT_OWNER",
                        "OWNED_BY_OTHER",
                        "OWNER_ALIVE",
                        "OWNS_GRAINS",
                        "PLACEMENT_FORBIDDEN",
                        "STALE_EPOCH",
                        "SUCCESSOR_INELIGIBLE",
                        "VERSION_CONFLICT");
    }

    @Test
    void queuesAnswerAsListsOfAllWritesWould() {
        TreeMap<String, Integer> codes = new TreeMap<>();
        for (long seed : Seeds.from(FIRST_SEED_OF_QUEUES, SEEDS, ALL_SEEDS)) {
            run(seed, HeapStore.create(Schema.TABLES), COMMANDS)
                    .forEach(code -> codes.merge(code, 1, Integer::sum));
        }
        assertThat(codes.keySet())
                .contains(
                        "BUFFER_FULL",
                        "CLUSTER_FENCED",
                        "NOT_FOUND",
                        "OUT_OF_RANGE",
                        "REPLAY_PENDING",
                        "TOO_LARGE",
                        "TOO_MANY_GAPS");
    }

    @Test
    void clustersLiveAndDieAsFieldsThatAreSetWould() {
        TreeMap<String, Integer> codes = new TreeMap<>();
        for (long seed : Seeds.from(FIRST_SEED_OF_CLUSTERS, SEEDS_OF_CLUSTERS, ALL_SEEDS)) {
            run(seed, HeapStore.create(Schema.TABLES), 2 * COMMANDS)
                    .forEach(code -> codes.merge(code, 1, Integer::sum));
        }
        assertThat(codes.keySet())
                .contains(
                        "ALREADY_EXISTS",
                        "AUTOMATION_PAUSED",
                        "CLUSTER_DRAINING",
                        "CLUSTER_FENCED",
                        "FAILOVER_OPEN",
                        "FENCE_NOT_ACKED",
                        "GRACE_NOT_ELAPSED",
                        "ILLEGAL_TRANSITION",
                        "IS_PRIMARY",
                        "MASS_SUSPECT_HOLD",
                        "NOT_PRIMARY",
                        "NOT_RESTARTED",
                        "NO_ELIGIBLE_SUCCESSOR",
                        "PLAN_CHANGED",
                        "SILENCE_TOO_SHORT",
                        "SUCCESSOR_INELIGIBLE",
                        "VERSION_CONFLICT");
    }

    @Test
    void holdingsOnDiskAnswerAsAMapOfGrainsWould() {
        for (long seed :
                new long[] {
                    1_000, 1_001, FIRST_SEED_OF_QUEUES + 100, FIRST_SEED_OF_CLUSTERS + 100
                }) {
            RocksStore store =
                    RocksStore.create(
                            directory.resolve("store-" + seed),
                            Schema.TABLES,
                            new StoreIdentity("test"),
                            StoreOptions.DEFAULTS.withBytes(8 << 20, 8 << 20));
            run(seed, store, COMMANDS / 2);
        }
    }

    private static List<String> run(long seed, Store store, int count) {
        List<Step> steps = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        Optional<String> difference = Optional.empty();
        try (store) {
            Directory directory = new Directory(store);
            Naive naive = new Naive();
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < count && difference.isEmpty(); i++) {
                Step step = step(random, store, about(seed));
                steps.add(step);
                difference = compare(step, directory, naive, codes);
            }
        }
        difference.ifPresent(first -> {
            throw new AssertionError(
                    "-Dstaddle.seed=%s: %s%nafter%n  %s".formatted(seed, first, shortest(steps)));
        });
        return codes;
    }

    /// What the commands of a run are mostly about.
    private enum Mostly {
        GRAINS,
        QUEUES,
        CLUSTERS
    }

    private static Mostly about(long seed) {
        if (seed >= FIRST_SEED_OF_CLUSTERS) {
            return Mostly.CLUSTERS;
        }
        return seed >= FIRST_SEED_OF_QUEUES ? Mostly.QUEUES : Mostly.GRAINS;
    }

    private static Step step(SplittableRandom random, Store store, Mostly about) {
        try (View view = store.view()) {
            long pause = random.nextInt(10) == 0 ? random.nextLong(2_000) : 0;
            return switch (about) {
                case GRAINS -> new Step(RandomCommands.next(random, view), pause);
                case QUEUES -> new Step(RandomCommands.next(random, view, 6), pause);
                case CLUSTERS ->
                        new Step(
                                RandomCommands.nextOfClusters(random, view, 6),
                                pause + random.nextInt(60));
            };
        }
    }

    /// Applies a step to both, and says how they differ.
    private static Optional<String> compare(
            Step step, Directory directory, Naive naive, List<String> codes) {
        directory.advance(step.waitMillis());
        String actual;
        try {
            actual = code(directory.apply(step.command()));
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(step.command() + " threw " + e);
        }
        String expected = naive.apply(step.command(), directory.clockMillis());
        codes.add(actual);
        if (!actual.equals(expected)) {
            return Optional.of(step.command() + " gives " + actual + ", expected " + expected);
        }
        try (View view = directory.store().view()) {
            Queries queries = new Queries(view);
            for (GrainId grain : RandomCommands.GRAINS) {
                String is = words(queries.lookup(grain));
                String should = words(grain, naive);
                if (!is.equals(should)) {
                    return Optional.of(
                            step.command() + ": " + grain + " is " + is + ", not " + should);
                }
            }
            return clustersDiffer(queries, naive)
                    .or(() -> queuesDiffer(new ReplayQueries(view), naive))
                    .map(how -> step.command() + how);
        }
    }

    private static Optional<String> clustersDiffer(Queries queries, Naive naive) {
        for (ClusterId id : RandomCommands.CLUSTER_IDS) {
            String is = queries.cluster(id).map(ModelTest::words).orElse("none");
            String should =
                    Optional.ofNullable(naive.clusters.get(id))
                            .map(NaiveCluster::toString)
                            .orElse("none");
            if (!is.equals(should)) {
                return Optional.of(": " + id + " is " + is + ", not " + should);
            }
        }
        String is = queries.primacy().primary() + " " + queries.primacy().epoch();
        String should = naive.primary + " " + naive.primaryEpoch;
        return is.equals(should)
                ? Optional.empty()
                : Optional.of(": the primary is " + is + ", not " + should);
    }

    private static String words(ClusterRecord cluster) {
        return cluster.state()
                + " "
                + cluster.role()
                + " f"
                + cluster.fence()
                + " acked f"
                + cluster.fencing().acked()
                + " v"
                + cluster.version()
                + " "
                + cluster.fencing().openFailover();
    }

    private static Optional<String> queuesDiffer(ReplayQueries queries, Naive naive) {
        for (ClusterId target : RandomCommands.CLUSTER_IDS) {
            List<String> is =
                    queries.peek(target, 0, 1_000, 1 << 20).stream()
                            .flatMap(page -> page.entries().stream())
                            .map(Words::of)
                            .toList();
            List<String> should =
                    naive.clusters.containsKey(target) ? naive.replay.waiting(target) : List.of();
            if (!is.equals(should)) {
                return Optional.of(": the queue of " + target + " is " + is + ", not " + should);
            }
        }
        return Optional.empty();
    }

    /// Drops every step without which the two still differ.
    private static String shortest(List<Step> steps) {
        List<Step> left = new ArrayList<>(steps);
        for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
            for (int at = 0; at + size <= left.size(); ) {
                List<Step> fewer = new ArrayList<>(left.subList(0, at));
                fewer.addAll(left.subList(at + size, left.size()));
                if (differ(fewer)) {
                    left = fewer;
                } else {
                    at += size;
                }
            }
        }
        return String.join(
                System.lineSeparator() + "  ", left.stream().map(Step::toString).toList());
    }

    private static boolean differ(List<Step> steps) {
        Directory directory = Directory.onHeap();
        Naive naive = new Naive();
        return steps.stream()
                .anyMatch(step -> compare(step, directory, naive, new ArrayList<>()).isPresent());
    }

    private static String code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> Naive.DONE;
            case Outcome.Refused(_, var why) -> RefusalText.of(why).code();
        };
    }

    private static String words(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Unowned(_, var epoch) -> "NOBODY @" + epoch;
            case Ownership.Owned owned ->
                    "OWNED " + owned.by() + " @" + owned.epoch() + " " + owned.leaseUntilMillis();
            case Ownership.Stranded stranded ->
                    "STRANDED " + stranded.formerOwner() + " @" + stranded.epoch();
            case Ownership.Released released ->
                    "RELEASED " + released.lastOwner() + " @" + released.epoch();
        };
    }

    private static String words(GrainId id, Naive naive) {
        Optional<Naive.Grain> known = naive.grain(id);
        if (known.isEmpty()) {
            return "NOBODY @" + naive.epoch(id);
        }
        Naive.Grain grain = known.get();
        String lease = grain.standing() == Naive.Standing.OWNED ? " " + grain.lease() : "";
        return grain.standing() + " " + grain.who() + " @" + grain.epoch() + lease;
    }
}
