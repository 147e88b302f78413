package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayOrigin.Gap;
import io.staddle.api.model.ReplayQueue;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.HoldingGrain;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.OpenHolding;
import io.staddle.statemachine.state.QueueOrigin;
import io.staddle.statemachine.state.QueuePlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedGrain;
import io.staddle.storage.Batch;
import io.staddle.storage.HeapStore;
import io.staddle.storage.Store;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Every invariant is seen broken: damage is done past the rules, and the right number is said.
final class InvariantsTest {
    private static final GrainId GRAIN = GrainId.of("t", "g");
    private static final ClusterId B = new ClusterId("b");
    private static final ClusterId A = new ClusterId("a");
    private static final HoldingId FIRST = new HoldingId(1);

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage(
                        "I3 holding_grains lacks",
                        b -> b.remove(Schema.HOLDING_GRAINS, new HoldingGrain(FIRST, "g"))),
                new Damage(
                        "I3 holding_grains has too many",
                        b -> b.put(Schema.HOLDING_GRAINS, new HoldingGrain(FIRST, "x"))),
                new Damage("I3 holding_counts", b -> b.put(Schema.HOLDING_COUNTS, FIRST, 7L)),
                new Damage(
                        "I3 lease_ends lacks",
                        b -> b.remove(Schema.LEASE_ENDS, new TimedGrain(1_000_050, GRAIN))),
                new Damage(
                        "I3 lease_ends has too many",
                        b -> b.put(Schema.LEASE_ENDS, new TimedGrain(9, GRAIN))),
                new Damage(
                        "I3 tombstones has too many",
                        b -> b.put(Schema.TOMBSTONES, new TimedGrain(9, GRAIN))),
                new Damage(
                        "I3 tombstones lacks",
                        b ->
                                b.remove(
                                        Schema.TOMBSTONES,
                                        new TimedGrain(1_000_000, GrainId.of("t", "free")))),
                new Damage("is in a holding that is not", b -> b.delete(Schema.HOLDINGS, FIRST)),
                new Damage(
                        "has no grains and is not open",
                        b ->
                                b.delete(
                                        Schema.OPEN_HOLDINGS,
                                        new OpenHolding(A, new GrainType("u")))),
                new Damage(
                        "I5 holding 1",
                        b -> {
                            var cluster = b.get(Schema.CLUSTERS, A).orElseThrow();
                            b.update(Schema.CLUSTERS, A, cluster.in(ClusterState.FAILED, 1));
                        }),
                new Damage("is owned by nobody known", b -> b.delete(Schema.CLUSTERS, A)),
                new Damage("I5 a has fence", b -> b.put(Schema.FENCES, A, new Fence(9))),
                new Damage(
                        "is open to",
                        b -> {
                            var holding = b.get(Schema.HOLDINGS, FIRST).orElseThrow();
                            var moved = holding.movedTo(new Holder.Stranded(A), holding.since());
                            b.update(Schema.HOLDINGS, FIRST, moved);
                        }),
                number("I18 history is ahead", Numbers.LOGICAL_NOW),
                number("I18 history has", Numbers.HISTORY_BYTES_GONE));
    }

    private static Damage number(String words, String key) {
        return new Damage(words, b -> b.put(Schema.NUMBERS, key, 1L));
    }

    static Stream<Damage> damagesOfClusters() {
        MoveId failover = new MoveId("none");
        return Stream.of(
                new Damage(
                        "I3 counts of quotas",
                        b -> b.put(Schema.NUMBERS, "grains_of_cluster/a", 7L)),
                new Damage(
                        "I4 [a, b] have the primary's role, the primary is [a]",
                        b -> change(b, B, each -> each.as(ClusterRole.PROMOTED_SECONDARY))),
                new Damage(
                        "I4 [] have the primary's role, the primary is [a]",
                        b -> change(b, A, each -> each.as(ClusterRole.SECONDARY))),
                new Damage("I4 [a] have the primary's role, the primary is []", b -> nobody(b, 9)),
                new Damage(
                        "I5 holding 1 is owned by a, which was demoted",
                        b -> change(b, A, each -> demoted(each, failover))),
                new Damage(
                        "I5 b obeys a fence that it never got",
                        b ->
                                change(
                                        b,
                                        B,
                                        each ->
                                                each.behind(
                                                        new Fencing(
                                                                each.fence(),
                                                                new Fence(7),
                                                                Optional.empty())))),
                new Damage(
                        "I6 b has failed without a failover",
                        b -> change(b, B, each -> each.in(ClusterState.FAILED, 1))),
                new Damage(
                        "I6 b is HEALTHY with an open failover",
                        b -> change(b, B, each -> demoted(each, failover))),
                new Damage(
                        "I6 b is a demoted primary without a failover",
                        b -> change(b, B, each -> each.as(ClusterRole.DEMOTED_PRIMARY))),
                new Damage(
                        "I6 b waits for none, which is no failover of it",
                        b ->
                                change(
                                        b,
                                        B,
                                        each ->
                                                demoted(each, failover)
                                                        .in(ClusterState.FAILED, 1))));
    }

    static Stream<Damage> stepsBackOfClusters() {
        return Stream.of(
                new Damage("I4 the primary's epoch fell", b -> nobody(b, 0)),
                new Damage("I4 another primary in the same epoch", b -> nobody(b, 1)),
                new Damage(
                        "I4 the version of b fell",
                        b -> {
                            var was = b.get(Schema.CLUSTERS, B).orElseThrow();
                            b.update(
                                    Schema.CLUSTERS,
                                    B,
                                    new ClusterRecord(
                                            B,
                                            was.profile(),
                                            was.health(),
                                            was.vitals(),
                                            was.role(),
                                            was.fencing(),
                                            was.pause(),
                                            was.version() - 1));
                        }));
    }

    @Test
    void aFailoverThatClosesWithoutAReadmissionIsFound() {
        Store store = store();
        Damage.inflict(
                store,
                b ->
                        change(
                                b,
                                B,
                                each -> demoted(each, new MoveId("f")).in(ClusterState.FAILED, 1)));
        try (View before = store.view()) {
            Damage.inflict(store, b -> change(b, B, each -> each.behind(each.fencing().closed())));
            try (View after = store.view()) {
                assertThat(Invariants.violationsBetween(before, after))
                        .anyMatch(said -> said.contains("I6 the failover of b closed"));
            }
        }
    }

    private static ClusterRecord demoted(ClusterRecord cluster, MoveId failover) {
        return cluster.behind(cluster.fencing().raised(cluster.fence(), failover));
    }

    private static void change(Batch batch, ClusterId id, UnaryOperator<ClusterRecord> change) {
        var was = batch.get(Schema.CLUSTERS, id).orElseThrow();
        batch.update(Schema.CLUSTERS, id, change.apply(was));
    }

    private static void nobody(Batch batch, long epoch) {
        batch.put(Schema.PRIMACY, Schema.ONLY, new Primacy(Optional.empty(), epoch, 1));
    }

    static Stream<Damage> damagesOfQueues() {
        return Stream.of(
                new Damage(
                        "I15 the queue of a has other entries",
                        b -> b.drop(Schema.REPLAY_ENTRIES, QueuePlace.between(A, 1, 2))),
                new Damage("I15 entries without a queue", b -> b.delete(Schema.REPLAY_QUEUES, A)),
                new Damage(
                        "I15 the queue of a miscounts its bytes",
                        b -> b.update(Schema.REPLAY_QUEUES, A, queue(b).grownBy(0, 5))),
                new Damage(
                        "I15 the queue of a lacks 2",
                        b -> {
                            ReplayQueue queue = queue(b);
                            b.update(Schema.REPLAY_QUEUES, A, queue.without(1, 3));
                        }),
                new Damage(
                        "I15 the queue of a does not know b/1",
                        b -> b.delete(Schema.REPLAY_ORIGINS, new QueueOrigin(A, B))),
                new Damage(
                        "I15 the gaps of an origin are out of order",
                        b ->
                                b.update(
                                        Schema.REPLAY_ORIGINS,
                                        new QueueOrigin(A, B),
                                        new ReplayOrigin(
                                                B, 9, 0, List.of(new Gap(5, 6), new Gap(7, 8))))),
                new Damage(
                        "I15 settled beyond the highest",
                        b ->
                                b.update(
                                        Schema.REPLAY_ORIGINS,
                                        new QueueOrigin(A, B),
                                        new ReplayOrigin(B, 3, 4, List.of()))));
    }

    static Stream<Damage> stepsBack() {
        return Stream.of(
                new Damage(
                        "I1 the epoch fell",
                        b -> {
                            GrainRow row = b.get(Schema.GRAINS, GRAIN).orElseThrow();
                            b.update(
                                    Schema.GRAINS,
                                    GRAIN,
                                    new GrainRow(row.place(), new Epoch(1), row.since()));
                        }),
                new Damage("I1 the epoch fell", b -> b.delete(Schema.GRAINS, GRAIN)),
                new Damage(
                        "I1 the floor of w fell",
                        b -> b.delete(Schema.EPOCH_FLOORS, new GrainType("w"))),
                new Damage(
                        "I2 another owner in the same epoch",
                        b -> {
                            var holding = b.get(Schema.HOLDINGS, FIRST).orElseThrow();
                            b.update(
                                    Schema.HOLDINGS,
                                    FIRST,
                                    new Holding(
                                            FIRST,
                                            holding.cluster(),
                                            holding.fence(),
                                            holding.type(),
                                            new Holder.Owner(new ClusterId("b")),
                                            holding.shift(),
                                            holding.since()));
                        }),
                new Damage("I5 the fence of a fell", b -> b.delete(Schema.FENCES, A)),
                new Damage(
                        "I1 last_holding fell",
                        b -> b.put(Schema.NUMBERS, Numbers.LAST_HOLDING, 1L)),
                new Damage("I19 history changed", b -> b.trim(Schema.HISTORY, 2L)),
                new Damage("I18 history lost its end", b -> b.trim(Schema.HISTORY, 1_000L)),
                new Damage(
                        "I19 numbers changed",
                        b -> b.put(Schema.NUMBERS, Numbers.HISTORY_FIRST, 1_000L)),
                new Damage(
                        "I19 placements changed",
                        b ->
                                b.put(
                                        Schema.PLACEMENTS,
                                        new GrainType("t"),
                                        new Placement(new GrainType("t"), List.of(A), 1))));
    }

    static Stream<Damage> stepsBackOfQueues() {
        return Stream.of(
                new Damage(
                        "I15 an entry went",
                        b -> b.drop(Schema.REPLAY_ENTRIES, QueuePlace.between(A, 1, 2))),
                new Damage(
                        "I15 nobody acknowledged",
                        b -> {
                            b.drop(Schema.REPLAY_ENTRIES, QueuePlace.between(A, 0, 1));
                            b.update(Schema.REPLAY_QUEUES, A, queue(b).without(1, 3));
                        }),
                new Damage("I15 the queue of a is forg", b -> b.delete(Schema.REPLAY_QUEUES, A)),
                new Damage(
                        "I15 a queue went back",
                        b -> b.update(Schema.REPLAY_QUEUES, A, ReplayQueue.empty(A))),
                new Damage(
                        "I15 a write was forgotten",
                        b -> b.delete(Schema.REPLAY_ORIGINS, new QueueOrigin(A, B))),
                new Damage(
                        "I15 a write was forgotten",
                        b ->
                                b.update(
                                        Schema.REPLAY_ORIGINS,
                                        new QueueOrigin(A, B),
                                        new ReplayOrigin(B, 9, 0, List.of(new Gap(2, 2))))));
    }

    @ParameterizedTest
    @MethodSource({"damages", "damagesOfClusters", "damagesOfQueues"})
    void aDamagedStateIsFound(Damage damage) {
        damage.isFoundIn(store());
    }

    @ParameterizedTest
    @MethodSource({"stepsBack", "stepsBackOfClusters", "stepsBackOfQueues"})
    void aStepBackIsFound(Damage damage) {
        damage.isFoundAsAStepOf(store());
    }

    private static Store store() {
        Directory directory = new Directory(HeapStore.create(Schema.TABLES));
        for (String line :
                List.of(
                        "register a primary",
                        "register b",
                        "import t/g a 5",
                        "renew t/g a 5 50",
                        "acquire u/x a",
                        "release u/x a 1",
                        "acquire t/free a",
                        "release t/free a 1",
                        "append a b/1 b/2 b/5")) {
            try (View view = directory.store().view()) {
                directory.apply(Script.parse(line, view, directory.clockMillis()));
            }
        }
        Damage.inflict(
                directory.store(),
                b -> b.put(Schema.EPOCH_FLOORS, new GrainType("w"), new Epoch(3)));
        return directory.store();
    }

    private static ReplayQueue queue(Batch batch) {
        return batch.get(Schema.REPLAY_QUEUES, A).orElseThrow();
    }
}
