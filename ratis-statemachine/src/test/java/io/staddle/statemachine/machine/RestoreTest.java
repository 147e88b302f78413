package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.restore.RestoreProjection;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.RocksStore;
import io.staddle.storage.Store;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A state that a new deployment goes on from. `-Dstaddle.seed=N` takes a seed.
final class RestoreTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_122);
    private static final long BY = (1L << 32) + 12_345;
    private static final long LOWEST = 1L << 32;
    private static final GrainId UNKNOWN = GrainId.of("never-seen", "g");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void allThatProvesSomethingIsRaisedAndNobodyLosesAnything(int run) {
        Store before = state(SEED + run);
        Store after = state(SEED + run);
        RestoreProjection.raise(after, BY);
        try (View was = before.view();
                View is = after.view()) {
            assertThat(Invariants.violations(is)).as("seed %s", SEED + run).isEmpty();
            for (GrainId grain : RandomCommands.GRAINS) {
                assertRaised(new Queries(was).lookup(grain), new Queries(is).lookup(grain));
            }
            was.values(Schema.CLUSTERS)
                    .forEach(cluster ->
                            assertThat(
                                            is.get(Schema.CLUSTERS, cluster.id())
                                                    .orElseThrow()
                                                    .fence()
                                                    .value())
                                    .isEqualTo(cluster.fence().value() + BY));
            for (VShardRecord vShard : was.values(Schema.V_SHARDS)) {
                VShardRecord raised = is.get(Schema.V_SHARDS, vShard.id()).orElseThrow();
                assertThat(raised.epoch()).isEqualTo(vShard.epoch().shifted(BY));
                assertThat(raised.migrations()).isEqualTo(vShard.migrations() + BY);
            }
            for (BarrierScope scope : was.values(Schema.BARRIER_SCOPES)) {
                BarrierScope raised = is.get(Schema.BARRIER_SCOPES, scope.id()).orElseThrow();
                assertThat(raised.lastEpoch()).isEqualTo(scope.lastEpoch() + BY);
                assertThat(raised.coordinator().token().value())
                        .isEqualTo(scope.coordinator().token().value() + BY);
            }
            for (ReplayQueue queue : was.values(Schema.REPLAY_QUEUES)) {
                ReplayQueue raised = is.get(Schema.REPLAY_QUEUES, queue.target()).orElseThrow();
                assertThat(raised.nextSeq()).isEqualTo(queue.nextSeq() + BY);
                assertThat(raised.entries()).isEqualTo(queue.entries());
            }
            assertThat(new Queries(is).lookup(UNKNOWN).epoch()).isEqualTo(new Epoch(BY));
            assertThat(is.values(Schema.SERVERS)).isEmpty();
            assertThat(is.values(Schema.MEMBERS)).isEmpty();
        }
        after.verify();
    }

    @Test
    void theSameStateAndNumberGiveTheSameDigestInMemoryAndOnDisk() {
        Store heap = state(SEED);
        StoreIdentity identity = new StoreIdentity("test");
        try (Store disk =
                RocksStore.create(
                        directory.resolve("store"),
                        Schema.TABLES,
                        identity,
                        StoreOptions.DEFAULTS.withBytes(4 << 20, 4 << 20))) {
            replay(SEED, disk);
            LogPosition position = RestoreProjection.raise(heap, BY);
            assertThat(RestoreProjection.raise(disk, BY)).isEqualTo(position);
            assertThat(disk.digest()).isEqualTo(heap.digest());
            assertThat(disk.verify()).isEqualTo(heap.digest());
        }
    }

    @Test
    void aLaterRestoreOfTheSameStateIsAboveAllThatCameOfAnEarlierOne() {
        Store earlier = state(SEED);
        Store later = state(SEED);
        RestoreProjection.raise(earlier, LOWEST);
        RestoreProjection.raise(later, LOWEST + 1_000_000);
        goOn(earlier, SEED, 200);
        assertThat(later.applied().index()).isGreaterThan(earlier.applied().index());
        try (View was = earlier.view();
                View is = later.view()) {
            for (GrainId grain : RandomCommands.GRAINS) {
                assertThat(new Queries(is).lookup(grain).epoch())
                        .isGreaterThan(new Queries(was).lookup(grain).epoch());
            }
        }
    }

    @Test
    void theNewDeploymentGoesOnAndItsHistoryBeginsAnew() {
        Store store = state(SEED);
        LogPosition begun = RestoreProjection.raise(store, BY);
        goOn(store, SEED, 300);
        try (View view = store.view()) {
            assertThat(Invariants.violations(view)).isEmpty();
            var page = new Queries(view).events(0, 1);
            assertThat(page.firstKept()).isGreaterThanOrEqualTo(begun.index());
            assertThat(page.events().getFirst().revision().index()).isGreaterThan(begun.index());
        }
    }

    private static void assertRaised(Ownership was, Ownership is) {
        assertThat(is.owner()).isEqualTo(was.owner());
        assertThat(is.getClass()).isEqualTo(was.getClass());
        assertThat(is.epoch().value()).isEqualTo(was.epoch().value() + BY);
        if (was instanceof Ownership.Owned before && is instanceof Ownership.Owned after) {
            assertThat(after.leaseUntilMillis()).isEqualTo(before.leaseUntilMillis());
        }
    }

    private static Store state(long seed) {
        HeapStore store = HeapStore.create(Schema.TABLES);
        replay(seed, store);
        return store;
    }

    private static void replay(long seed, Store store) {
        List<Command> first = new ArrayList<>(RandomMigrations.beginning());
        first.add(new AdminCommand.RaiseFeatureLevel(Levels.NEWEST));
        first.forEach(command -> apply(store, command, 1));
        goOn(store, seed, 500);
    }

    /// Of all kinds; each made for the state that it meets.
    private static void goOn(Store store, long seed, int commands) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < commands; i++) {
            Command command;
            try (View view = store.view()) {
                command = next(random, view);
            }
            apply(store, command, 1 + i / 50);
        }
    }

    private static Command next(SplittableRandom random, View view) {
        long clock = new Queries(view).logicalNowMillis();
        return switch (random.nextInt(6)) {
            case 0 -> RandomCommands.nextOfClusters(random, view, 8);
            case 1 -> new RandomBarriers(random, view).next();
            case 2, 3 -> RandomCommands.next(random, view, 4);
            default -> new RandomMigrations(random, view, clock).next();
        };
    }

    private static void apply(Store store, Command command, long term) {
        long index = Math.max(0, store.applied().index()) + 1;
        long bound = command.isOfLeader() ? term : 0;
        Proposal proposal = new Proposal(command, Origin.NONE, bound);
        new Machine(store)
                .apply(
                        new LogPosition(term, index),
                        new Entry(1_000_000 + index % LOWEST, List.of(proposal)));
    }
}
