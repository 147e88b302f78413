package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.AbortBarrier;
import io.staddle.api.v1.AckBarrier;
import io.staddle.api.v1.AcquireCoordinator;
import io.staddle.api.v1.BarrierParticipant;
import io.staddle.api.v1.BarrierStatus;
import io.staddle.api.v1.BarriersGrpc;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.BeginBarrier;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CommitBarrier;
import io.staddle.api.v1.ConfigureScope;
import io.staddle.api.v1.GetBarrierRequest;
import io.staddle.api.v1.GetScopeRequest;
import io.staddle.api.v1.ListBarriersRequest;
import io.staddle.api.v1.ListScopesRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.RaiseFeatureLevel;
import io.staddle.api.v1.ReleaseCoordinator;
import io.staddle.api.v1.Vote;
import io.staddle.api.v1.WatermarkPolicy;
import io.staddle.api.v1.WriteBatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// Barriers over real sockets, with a real machine; only the quorum is a fake.
final class BarriersServiceTest {
    @TempDir Path directory;
    private ServedQuorum served;
    private BarriersGrpc.BarriersBlockingStub barriers;

    @BeforeEach
    void start() {
        served = new ServedQuorum(directory, "limits: {page-size: 100}");
        barriers = served.stub(BarriersGrpc.BarriersBlockingStub.class);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void noCommandComesToTheLogBeforeAllServersUnderstandIt() {
        long before = served.quorum.view().applied().index();
        Outcome alone = barriers.acquireCoordinator(acquire().build());
        Command inBatch = Command.newBuilder().setAcquireCoordinator(acquire()).build();
        Outcome batched =
                served.stub(BatchGrpc.BatchBlockingStub.class)
                        .write(WriteBatch.newBuilder().addCommands(inBatch).build())
                        .getOutcomes(0);

        for (Outcome outcome : new Outcome[] {alone, batched}) {
            assertThat(outcome.getRefusal().getCode()).isEqualTo("UNSUPPORTED_LEVEL");
            assertThat(outcome.getRefusal().getNext()).contains("config raise-level");
        }
        assertThat(served.quorum.view().applied().index()).isEqualTo(before);
        raise();
        assertThat(barriers.acquireCoordinator(acquire().build()).hasCoordination()).isTrue();
    }

    @Test
    void aBarrierGoesFromBeginToCommittedAndStaysReadable() {
        raise();
        long token =
                barriers.acquireCoordinator(acquire().build())
                        .getCoordination()
                        .getScope()
                        .getToken();
        BeginBarrier begin =
                BeginBarrier.newBuilder()
                        .setScope("s")
                        .setToken(token)
                        .setCheckpoint("c1")
                        .addParticipants(
                                BarrierParticipant.newBuilder().setNode("a").setIncarnation(1))
                        .build();
        assertThat(barriers.begin(begin).getBarrier().getEpoch()).isEqualTo(1);
        assertThat(barriers.begin(begin).getBarrier().getEpoch()).isEqualTo(1);
        assertThat(scope().getOpen().getStatus()).isEqualTo(BarrierStatus.BARRIER_STATUS_PREPARE);

        assertThat(vote(7).getBarrier().getStatus()).isEqualTo(BarrierStatus.BARRIER_STATUS_READY);
        CommitBarrier commit =
                CommitBarrier.newBuilder().setScope("s").setEpoch(1).setToken(token).build();
        assertThat(barriers.commit(commit).getBarrier().getCommitted().getWatermarkMillis())
                .isEqualTo(7);

        var read = barriers.get(GetBarrierRequest.newBuilder().setScope("s").setEpoch(1).build());
        assertThat(read.getBarrier().getStatus()).isEqualTo(BarrierStatus.BARRIER_STATUS_COMMITTED);
        assertThat(read.getParticipants(0).getVote().getPrepared().getWatermarkMillis())
                .isEqualTo(7);
        assertThat(list().getBarriersList()).hasSize(1);
        assertThat(scope().getScope().getWatermarkMillis()).isEqualTo(7);
        assertThat(barriers.listScopes(ListScopesRequest.getDefaultInstance()).getScopesCount())
                .isEqualTo(1);
    }

    @Test
    void whatThereIsNotIsRefusedAndWhatCanNeverBeIsMalformed() {
        raise();
        assertThat(barriers.getScope(GetScopeRequest.newBuilder().setScope("s").build()))
                .matches(answer -> answer.getRefusal().getCode().equals("NOT_FOUND"));
        assertThat(list().getRefusal().getCode()).isEqualTo("NOT_FOUND");
        assertThat(vote(1).getRefusal().getCode()).isEqualTo("NOT_FOUND");
        AbortBarrier abort =
                AbortBarrier.newBuilder().setScope("s").setEpoch(1).setReason("drill").build();
        assertThat(barriers.abort(abort).getRefusal().getCode()).isEqualTo("NOT_FOUND");
        ReleaseCoordinator release =
                ReleaseCoordinator.newBuilder().setScope("s").setToken(1).build();
        assertThat(barriers.releaseCoordinator(release).getRefusal().getCode())
                .isEqualTo("NOT_FOUND");
        ConfigureScope configure =
                ConfigureScope.newBuilder()
                        .setScope("s")
                        .setPolicy(WatermarkPolicy.WATERMARK_POLICY_HOLD)
                        .build();
        assertThat(barriers.configureScope(configure).getBarrierScope().getVersion()).isEqualTo(1);
        assertThat(barriers.begin(BeginBarrier.newBuilder().setScope("s").build()).getRefusal())
                .matches(refusal -> refusal.getCode().equals("MALFORMED"));
        var wrong = GetBarrierRequest.newBuilder().setScope("s").setEpoch(0).build();
        assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> barriers.get(wrong)))
                .matches(e -> e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT);
    }

    private io.staddle.api.v1.ScopeState scope() {
        return barriers.getScope(GetScopeRequest.newBuilder().setScope("s").build()).getState();
    }

    private io.staddle.api.v1.ListBarriersAnswer list() {
        return barriers.list(ListBarriersRequest.newBuilder().setScope("s").build());
    }

    private Outcome vote(long watermark) {
        return barriers.acknowledge(
                AckBarrier.newBuilder()
                        .setScope("s")
                        .setEpoch(1)
                        .setNode("a")
                        .setIncarnation(1)
                        .setVote(
                                Vote.newBuilder()
                                        .setPrepared(
                                                Vote.Prepared.newBuilder()
                                                        .setWatermarkMillis(watermark)))
                        .build());
    }

    private static AcquireCoordinator.Builder acquire() {
        return AcquireCoordinator.newBuilder().setScope("s").setNode("c").setIncarnation(1);
    }

    private void raise() {
        Command raise =
                Command.newBuilder()
                        .setRaiseFeatureLevel(RaiseFeatureLevel.newBuilder().setLevel(3))
                        .build();
        served.stub(BatchGrpc.BatchBlockingStub.class)
                .write(WriteBatch.newBuilder().addCommands(raise).build());
    }
}
