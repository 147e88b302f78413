package io.staddle.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

final class UnownedTimeTest {
    private static final ClusterId EU = new ClusterId("eu");

    private final FakeQuorum quorum = new FakeQuorum().applying();
    private final UnownedTime unowned = new UnownedTime(quorum);

    @Test
    void strandedGrainsCountForAsLongAsTheLeaderSeesThem() {
        propose(new Register(EU, new ClusterProfile("", "", 0, false), ClusterState.HEALTHY));
        propose(new Acquire(GrainId.of("cart", "1"), EU, 0));
        propose(new Acquire(GrainId.of("cart", "2"), EU, 0));
        tickAt(0);
        tickAt(10);
        assertThat(stranded()).isZero();

        propose(
                new FailOver(
                        new MoveId("m"),
                        EU,
                        new Fence(1),
                        FailoverCause.OPERATOR,
                        true,
                        new Successor.ByPlacement(),
                        PlanId.NONE));
        tickAt(13);
        assertThat(stranded()).as("two grains for three seconds").isEqualTo(6);
        tickAt(1_000);
        assertThat(stranded()).as("after a pause, no more than five").isEqualTo(16);
        quorum.stands(FakeQuorum.follower(9, 9, 0));
        tickAt(1_001);
        quorum.stands(FakeQuorum.leader(9, 9));
        tickAt(1_002);
        assertThat(stranded()).as("another one led").isEqualTo(16);
    }

    private void propose(Command command) {
        Proposal proposal = Proposal.of(command);
        quorum.propose(List.of(new PreparedCommand(CommandCodec.encode(proposal), proposal)))
                .join();
    }

    private void tickAt(long seconds) {
        unowned.tick(TimeUnit.SECONDS.toNanos(seconds));
    }

    private double stranded() {
        return unowned.collect().stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .filter(point -> "stranded".equals(point.getLabels().get("why")))
                .map(CounterDataPointSnapshot.class::cast)
                .mapToDouble(each -> each.getValue())
                .sum();
    }
}
