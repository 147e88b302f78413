package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.command.MigrationCommand.ConfirmFence;
import io.staddle.api.command.MigrationCommand.ReportProgress;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.command.NodeCommand.RecordNodeBeats;
import io.staddle.api.command.NodeCommand.RegisterNode;
import io.staddle.api.command.NodeCommand.SetNodeState;
import io.staddle.api.command.RoutingCommand.InitRouting;
import io.staddle.api.command.RoutingCommand.ReportGroup;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Config;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.statemachine.query.RoutingQueries;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Leaders drive migrations on a real state, with a data plane that reports what it is asked to.
final class MigrationDriverTest {
    private static final long TERM = 1;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final GroupId GROUP = new GroupId(1);
    private static final MigrationId M = new MigrationId("m");
    private static final MigrationId N = new MigrationId("n");
    private static final long GRACE = Config.DEFAULTS.get(Setting.RECOVERY_GRACE_MILLIS);

    private final FakeQuorum quorum = new FakeQuorum().applying();
    private final CommandFront front =
            new CommandFront(quorum, Configs.smallLimits(), DiskReserve.none(), Runnable::run);
    private final List<Command> proposed = Collections.synchronizedList(new ArrayList<>());
    private long nowMillis = 1_000_000;
    private long term = TERM;
    private MigrationDriver driver = newDriver();

    @BeforeEach
    void initialise() {
        passes(0);
        for (NodeId node : List.of(A, B, C)) {
            propose(new RegisterNode(node, new NodeAddress("host", 1), 1));
            propose(new SetNodeState(node, NodeState.ACTIVE, 1));
        }
        propose(new InitRouting(new RoutingLayout(2, 1, 1, List.of(A))));
        drive();
        passes(GRACE);
        beat(A, B, C);
    }

    @Test
    void aMigrationGoesThroughAllItsPhasesAsTheDataPlaneReports() {
        start(M, 0, B);
        run(M, 20);

        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.COMPLETED);
        assertThat(vShard(0).leaseholder()).isEqualTo(B);
        assertThat(vShard(0).epoch()).isEqualTo(new Epoch(2));
        assertThat(proposed).as("nothing is proposed in vain").hasSize(5);
    }

    @Test
    void aMigrationWaitsForTheDataPlaneAndNothingIsProposedMeanwhile() {
        start(M, 0, B);
        for (int i = 0; i < 5; i++) {
            passes(100);
            drive();
        }
        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.ADD_LEARNER);
        assertThat(proposed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = MigrationPhase.class,
            names = {"COMPLETED", "ABORTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void whicheverPhaseALeaderDiesInTheNextOneGoesOn(MigrationPhase phase) {
        start(M, 0, B);
        runTo(M, phase);
        term++;
        driver = newDriver();
        run(M, 20);

        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(
            value = MigrationPhase.class,
            names = {"ADD_LEARNER", "CATCH_UP", "PROMOTE_LEARNER", "LEADERSHIP_TRANSFER"})
    void aTargetThatIsReplacedIsGivenUpAndTheMembershipIsAsBefore(MigrationPhase phase) {
        start(M, 0, B);
        runTo(M, phase);
        propose(new RegisterNode(B, new NodeAddress("host", 1), 2));
        drive();

        assertAborted(M, AbortCode.TARGET_REPLACED);
    }

    @Test
    void aTargetThatDrainsIsGivenUp() {
        start(M, 0, B);
        runTo(M, MigrationPhase.CATCH_UP);
        propose(new SetNodeState(B, NodeState.DRAINING, 2));
        drive();

        assertAborted(M, AbortCode.TARGET_LOST);
    }

    @Test
    void aTargetThatFallsSilentIsGivenUpAndOneThatBeatsIsNot() {
        start(M, 0, B);
        start(N, 1, C);
        passes(15_001);
        beat(C);
        drive();

        assertAborted(M, AbortCode.TARGET_UNREACHABLE);
        assertThat(migration(N).phase()).isEqualTo(MigrationPhase.ADD_LEARNER);
    }

    @Test
    void aNewLeaderGivesNobodyUpForWhatItHasNotHeard() {
        start(M, 0, B);
        passes(3_000_000);
        term++;
        driver = newDriver();
        drive();
        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.ADD_LEARNER);
        passes(GRACE);
        drive();

        assertAborted(M, AbortCode.TARGET_UNREACHABLE);
    }

    @Test
    void aPauseThatIsOverItsBudgetIsUndoneInOneRunAlsoByANewLeader() {
        start(M, 0, B);
        runTo(M, MigrationPhase.LEADERSHIP_TRANSFER);
        assertThat(vShard(0).writes()).isInstanceOf(Writes.Paused.class);
        passes(501);
        term++;
        driver = newDriver();
        drive();

        assertAborted(M, AbortCode.PAUSE_BUDGET_EXCEEDED);
        assertThat(vShard(0).writes()).isInstanceOf(Writes.Open.class);
    }

    @Test
    void whileWritesArePausedTheLeaderLooksMoreOftenButNotForLong() {
        start(M, 0, B);
        assertThat(driver.period()).isEqualTo(Duration.ofMillis(100));
        runTo(M, MigrationPhase.PROMOTE_LEARNER);
        drive();
        assertThat(driver.period()).isEqualTo(Duration.ofMillis(5));
        passes(1_000);
        drive();
        assertThat(driver.period()).isEqualTo(Duration.ofMillis(100));
        runTo(M, MigrationPhase.LEADERSHIP_TRANSFER);
        drive();
        assertThat(driver.period()).isEqualTo(Duration.ofMillis(5));
        run(M, 20);
        drive();

        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.COMPLETED);
        assertThat(driver.period()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aTargetThatCatchesUpWithoutEndIsNotOldButOneThatGetsNothingIs() {
        start(M, 0, B);
        runTo(M, MigrationPhase.CATCH_UP);
        for (int i = 1; i <= 10; i++) {
            passes(30_000);
            beat(B);
            propose(new ReportProgress(M, 2, 1, 100_000, 100 + i, 0));
            drive();
        }
        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.CATCH_UP);
        for (int i = 0; i < 3; i++) {
            passes(30_000);
            beat(B);
            propose(new ReportProgress(M, 2, 1, 100_000, 110, 0));
            drive();
        }

        assertAborted(M, AbortCode.CATCH_UP_TIMEOUT);
    }

    @Test
    void aClockThatJumpsUnderALeaderAbortsNothingThatGoesOnButWhatIsSilentAfterwards() {
        start(M, 0, B);
        start(N, 1, C);
        runTo(M, MigrationPhase.CATCH_UP);
        passes(1_000);
        long jump = 7_200_000;
        nowMillis += jump;
        quorum.jumpsTo(nowMillis);
        drive();
        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.CATCH_UP);
        assertThat(migration(N).phase()).isEqualTo(MigrationPhase.ADD_LEARNER);
        passes(15_000);
        beat(B);
        passes(15_001);
        beat(B);
        drive();

        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.CATCH_UP);
        assertAborted(N, AbortCode.TARGET_UNREACHABLE);
    }

    @Test
    void aMigrationWithoutAStepForAnHourIsStale() {
        start(M, 0, B);
        for (int i = 0; i < 361; i++) {
            passes(10_000);
            beat(B);
            drive();
        }
        assertAborted(M, AbortCode.STALE);
    }

    @Test
    void aCutOverIsFinishedWhateverItsAgeAndItsTarget() {
        start(M, 0, B);
        runTo(M, MigrationPhase.CUTOVER);
        propose(new RegisterNode(B, new NodeAddress("host", 1), 2));
        passes(100_000_000);
        drive();
        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.CUTOVER);
        propose(new ConfirmFence(M, A));
        drive();

        assertThat(migration(M).phase()).isEqualTo(MigrationPhase.COMPLETED);
    }

    @Test
    void whatIsOverIsForgottenAfterItsRetention() {
        start(M, 0, B);
        run(M, 20);
        long retention = Config.DEFAULTS.get(Setting.MIGRATION_RETENTION_MILLIS);
        collect(retention - 1);
        assertThat(known(M)).isPresent();
        collect(retention);
        assertThat(known(M)).isEmpty();
    }

    private void assertAborted(MigrationId id, AbortCode code) {
        assertThat(migration(id).end())
                .isInstanceOfSatisfying(
                        MigrationEnd.Aborted.class, end -> assertThat(end.code()).isEqualTo(code));
        assertThat(group().voters()).containsExactly(A);
        assertThat(group().learners()).doesNotContain(migration(id).header().target());
    }

    private void start(MigrationId id, int vShard, NodeId target) {
        propose(
                new StartMigration(
                        id, new VShardId(vShard), target, 1, 500_000, false, new Epoch(1)));
        proposed.clear();
    }

    /// Lets leader and data plane work in turn.
    private void run(MigrationId id, int rounds) {
        for (int i = 0; i < rounds && !migration(id).phase().isFinished(); i++) {
            agent(id);
            passes(10);
            drive();
        }
    }

    private void runTo(MigrationId id, MigrationPhase phase) {
        for (int i = 0; i < 20 && migration(id).phase() != phase; i++) {
            agent(id);
            passes(10);
            drive();
        }
        assertThat(migration(id).phase()).isEqualTo(phase);
        proposed.clear();
    }

    /// What the data plane does about the phase that it sees.
    private void agent(MigrationId id) {
        MigrationRecord migration = migration(id);
        NodeId target = migration.header().target();
        if (migration.phase() == MigrationPhase.CUTOVER) {
            propose(new ConfirmFence(id, target));
            return;
        }
        propose(new ReportGroup(GROUP, target, 1, group().configVersion(), Optional.empty(), 0));
        propose(new ReportProgress(id, migration.stage().phaseVersion(), 1, 100, 100, 50));
    }

    private void passes(long millis) {
        nowMillis += millis;
        quorum.stampedAt(nowMillis);
    }

    private void beat(NodeId... nodes) {
        List<NodeBeat> beats =
                List.of(nodes).stream().map(node -> new NodeBeat(node, 1, nowMillis)).toList();
        propose(new RecordNodeBeats(beats));
    }

    private MigrationDriver newDriver() {
        return new MigrationDriver(() -> Instant.ofEpochMilli(nowMillis), () -> term);
    }

    private void drive() {
        run(driver);
    }

    private void collect(long millis) {
        long at = migration(M).stage().sinceMillis() + millis;
        passes(Math.max(0, at - nowMillis));
        run(new MigrationCollector(() -> Instant.ofEpochMilli(at)));
    }

    private void run(LeaderTask task) {
        try (View view = quorum.view()) {
            task.run(
                    view,
                    command -> {
                        proposed.add(command);
                        return proposer().propose(command);
                    });
        }
    }

    private void propose(Command command) {
        assertThat(proposer().propose(command)).isInstanceOf(Outcome.Done.class);
    }

    private Proposer proposer() {
        return new FrontProposer(front, "test", TERM);
    }

    private MigrationRecord migration(MigrationId id) {
        return known(id).orElseThrow();
    }

    private Optional<MigrationRecord> known(MigrationId id) {
        try (View view = quorum.view()) {
            return new MigrationQueries(view).migration(id);
        }
    }

    private GroupRecord group() {
        try (View view = quorum.view()) {
            return new RoutingQueries(view).group(GROUP).orElseThrow();
        }
    }

    private VShardRecord vShard(int number) {
        try (View view = quorum.view()) {
            return new RoutingQueries(view).vShard(new VShardId(number)).orElseThrow();
        }
    }
}
