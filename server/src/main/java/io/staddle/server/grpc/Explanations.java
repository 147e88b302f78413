package io.staddle.server.grpc;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Suspicion;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Consistency;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.ExplainClusterAnswer;
import io.staddle.api.v1.ExplainClusterRequest;
import io.staddle.api.v1.ExplainGrainAnswer;
import io.staddle.api.v1.ExplainGrainRequest;
import io.staddle.api.v1.ExplainMigrationAnswer;
import io.staddle.api.v1.ExplainMigrationRequest;
import io.staddle.statemachine.explain.Stories;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/// Why things are as they are: always linearizable.
final class Explanations {
    private final Reads reads;
    private final InstantSource clock;
    private final BiFunction<ClusterId, View, Optional<Suspicion>> heard;

    /// @param clock what deadlines are counted from
    Explanations(Reads reads, InstantSource clock) {
        this(reads, clock, (_, _) -> Optional.empty());
    }

    /// @param heard what the leader alone knows of a cluster; empty if this server does not lead
    Explanations(
            Reads reads,
            InstantSource clock,
            BiFunction<ClusterId, View, Optional<Suspicion>> heard) {
        this.reads = reads;
        this.clock = clock;
        this.heard = heard;
    }

    Reads.Request<ExplainGrainAnswer> of(ExplainGrainRequest request) {
        GrainId grain = ModelCodec.decode(request.getGrain());
        return request((view, header) ->
                ExplainGrainAnswer.newBuilder()
                        .setHeader(header)
                        .setOwnership(OwnershipCodec.encode(new Queries(view).lookup(grain)))
                        .setExplanation(ExplanationCodec.encode(stories(view).grain(grain)))
                        .build());
    }

    Reads.Request<ExplainClusterAnswer> of(ExplainClusterRequest request) {
        ClusterId cluster = new ClusterId(request.getCluster());
        return request((view, header) -> cluster(cluster, view).setHeader(header).build());
    }

    Reads.Request<ExplainMigrationAnswer> of(ExplainMigrationRequest request) {
        MigrationId migration = new MigrationId(request.getId());
        return request((view, header) -> migration(migration, view).setHeader(header).build());
    }

    private ExplainClusterAnswer.Builder cluster(ClusterId id, View view) {
        ExplainClusterAnswer.Builder answer = ExplainClusterAnswer.newBuilder();
        Optional<ClusterSummary> cluster =
                new Queries(view)
                        .clusters(clock.millis()).clusters().stream()
                                .filter(each -> each.cluster().id().equals(id))
                                .findFirst();
        if (cluster.isEmpty()) {
            return answer.setRefusal(
                    RefusalCodec.encode(new Refusal.NotFound("cluster", id.value())));
        }
        stories(view)
                .cluster(id, heard.apply(id, view))
                .ifPresent(each -> answer.setExplanation(ExplanationCodec.encode(each)));
        return answer.setCluster(ClusterCodec.encode(cluster.get()));
    }

    private ExplainMigrationAnswer.Builder migration(MigrationId id, View view) {
        ExplainMigrationAnswer.Builder answer = ExplainMigrationAnswer.newBuilder();
        Optional<MigrationRecord> migration = new MigrationQueries(view).migration(id);
        if (migration.isEmpty()) {
            return answer.setRefusal(
                    RefusalCodec.encode(new Refusal.NotFound("migration", id.value())));
        }
        stories(view)
                .migration(id)
                .ifPresent(each -> answer.setExplanation(ExplanationCodec.encode(each)));
        return answer.setMigration(MigrationCodec.encode(migration.get()));
    }

    private static <A> Reads.Request<A> request(Reads.Question<A> question) {
        return new Reads.Request<>(Consistency.LINEARIZABLE, 1, question);
    }

    private Stories stories(View view) {
        return new Stories(view, clock.millis(), reads.index());
    }
}
