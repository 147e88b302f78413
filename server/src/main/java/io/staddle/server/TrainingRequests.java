package io.staddle.server;

import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.ClusterState;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Consistency;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.Promote;
import io.staddle.api.v1.Query;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.api.v1.WriteBatch;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The requests of [TrainingCalls].
final class TrainingRequests {
    private static final String FROM = "east";
    private static final String TO = "west";
    private static final int GRAINS = 16;

    private TrainingRequests() {}

    /// Registers the clusters that own the grains.
    static WriteBatch register() {
        return WriteBatch.newBuilder()
                .addAllCommands(List.of(register(FROM), register(TO)))
                .build();
    }

    /// Acquires the grains of a round.
    static WriteBatch acquire(int round) {
        return writes(round, TrainingRequests::acquire);
    }

    /// Promotes the grains of a round, if they were acquired once.
    static WriteBatch promote(int round) {
        return writes(round, TrainingRequests::promote);
    }

    /// Looks the grains of a round up.
    static ReadBatch lookUp(int round, Consistency consistency) {
        ReadBatch.Builder batch = ReadBatch.newBuilder().setConsistency(consistency);
        grains(round)
                .map(grain -> LookupRequest.newBuilder().setGrain(grain))
                .forEach(lookup -> batch.addQueries(Query.newBuilder().setLookup(lookup)));
        return batch.build();
    }

    private static WriteBatch writes(int round, Function<Grain, Command> command) {
        return WriteBatch.newBuilder().addAllCommands(grains(round).map(command).toList()).build();
    }

    private static Stream<Grain> grains(int round) {
        return IntStream.range(round * GRAINS, (round + 1) * GRAINS)
                .mapToObj(n -> Grain.newBuilder().setType("Player").setKey("player-" + n).build());
    }

    private static Command register(String cluster) {
        RegisterCluster.Builder register =
                RegisterCluster.newBuilder()
                        .setId(cluster)
                        .setPrimaryEligible(true)
                        .setState(ClusterState.CLUSTER_STATE_HEALTHY);
        return Command.newBuilder().setRegisterCluster(register).build();
    }

    private static Command acquire(Grain grain) {
        return Command.newBuilder()
                .setAcquire(Acquire.newBuilder().setGrain(grain).setCluster(FROM))
                .build();
    }

    private static Command promote(Grain grain) {
        Promote.Builder promote =
                Promote.newBuilder()
                        .setGrain(grain)
                        .setTo(TO)
                        .setSeenOwner(FROM)
                        .setSeenEpoch(1)
                        .setFromLiveOwner(true);
        return Command.newBuilder().setPromote(promote).build();
    }
}
