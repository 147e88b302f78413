package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.AutomationCommand.NoteFailoverBlocked;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.HealthCommand.MarkSuspect;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Reach;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.liveness.ManualTime;
import io.staddle.server.liveness.Sightings;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The leader's tasks over the health of clusters, on a real machine and with clocks that stand
/// still unless they are told to move.
final class HealthTasksTest {
    private static final long TERM = 1;
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(15);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final ClusterId AP = new ClusterId("ap");
    private static final GrainId GRAIN = GrainId.of("Player", "7");

    private final ManualTime time = new ManualTime();
    private final FakeQuorum quorum = new FakeQuorum().applying();
    private final CommandFront front =
            new CommandFront(quorum, Configs.smallLimits(), DiskReserve.none(), Runnable::run);
    private final List<Command> proposed = Collections.synchronizedList(new ArrayList<>());
    private long term = TERM;
    private final Vigil vigil = new Vigil(new Liveness(time::nanos, time), time, () -> this.term);
    private final List<LeaderTask> tasks =
            List.of(new HealthDetector(vigil), new FailoverDriver(vigil), new ReadmissionDriver());

    @BeforeEach
    void register() {
        for (ClusterId id : List.of(EU, US, AP)) {
            ClusterProfile profile = new ClusterProfile("", "", 0, false);
            propose(new ClusterCommand.Register(id, profile, ClusterState.HEALTHY));
        }
        propose(new DirectoryCommand.Acquire(GRAIN, EU, 0));
        vigil.liveness().look(TERM, SUSPECT_AFTER);
        proposed.clear();
    }

    @Test
    void whoIsSilentIsSuspectAfterTheWholeTimeAndNotBefore() {
        passes(SUSPECT_AFTER.minusMillis(200), US, AP);
        assertThat(proposed).isEmpty();
        passes(Duration.ofMillis(200), US, AP);

        assertThat(proposed).singleElement().isInstanceOf(MarkSuspect.class);
        assertThat(state(EU)).isEqualTo(ClusterState.SUSPECT);
        assertThat(state(US)).isEqualTo(ClusterState.HEALTHY);
    }

    @Test
    void whoStaysSilentIsFailedOverAfterTheGracePeriodOnceAndItsGrainsMove() {
        passes(SUSPECT_AFTER, US, AP);
        passes(GRACE.minusMillis(200), US, AP);
        assertThat(state(EU)).isEqualTo(ClusterState.SUSPECT);
        passes(Duration.ofSeconds(5), US, AP);

        assertThat(proposed)
                .filteredOn(FailOver.class::isInstance)
                .singleElement()
                .satisfies(command ->
                        assertThat(((FailOver) command).id().value()).isEqualTo("auto-1-eu"));
        assertThat(state(EU)).isEqualTo(ClusterState.FAILED);
        try (View view = quorum.view()) {
            assertThat(new Queries(view).lookup(GRAIN).isHeldBy(EU, new io.staddle.api.id.Epoch(1)))
                    .isFalse();
        }
    }

    @Test
    void aBeatWithinTheGracePeriodSavesTheCluster() {
        passes(SUSPECT_AFTER.plusSeconds(20), US, AP);
        beat(EU, new Fence(1));
        assertThat(state(EU)).isEqualTo(ClusterState.RECOVERING);
        passes(GRACE, EU, US, AP);

        assertThat(state(EU)).isEqualTo(ClusterState.HEALTHY);
        assertThat(proposed).noneMatch(FailOver.class::isInstance);
    }

    @Test
    void aNewLeaderWaitsTheWholeTimeThoughTheGracePeriodIsOver() {
        passes(SUSPECT_AFTER.plus(GRACE).minusSeconds(1), US, AP);
        term = 2;
        time.passes(Duration.ofMinutes(10));
        passes(SUSPECT_AFTER.minusMillis(400), US, AP);
        assertThat(state(EU)).isEqualTo(ClusterState.SUSPECT);
        passes(Duration.ofSeconds(1), US, AP);

        assertThat(proposed).anyMatch(FailOver.class::isInstance);
    }

    @Test
    void anOutageOfStaddleItselfMakesNobodySuspect() {
        for (int i = 0; i < 5; i++) {
            passes(Duration.ofSeconds(1), EU, US, AP);
            time.passes(Duration.ofMinutes(10));
        }
        assertThat(proposed).isEmpty();
    }

    @Test
    void aClockThatJumpsMakesNobodySuspectAndHoldsFailoverForTheWholeTime() {
        passes(SUSPECT_AFTER.plusSeconds(1), US, AP);
        time.jumps(Duration.ofHours(2));
        passes(SUSPECT_AFTER.minusMillis(400), US, AP);
        assertThat(state(EU)).isEqualTo(ClusterState.SUSPECT);
        assertThat(proposed).noneMatch(FailOver.class::isInstance);
        assertThat(state(US)).isEqualTo(ClusterState.HEALTHY);
    }

    @Test
    void massSuspicionHoldsFailoverAndIsNotedOnce() {
        passes(SUSPECT_AFTER.plus(GRACE).plusSeconds(5), AP);

        assertThat(proposed).noneMatch(FailOver.class::isInstance);
        assertThat(proposed)
                .filteredOn(NoteFailoverBlocked.class::isInstance)
                .containsExactlyInAnyOrder(
                        new NoteFailoverBlocked(EU), new NoteFailoverBlocked(US));
        assertThat(record(EU).health().noted()).containsExactly(FailoverBlocker.MASS_SUSPECT_HOLD);
        assertThat(vigil.liveness().counters().holds().sum()).isGreaterThan(10);
    }

    @Test
    void aPauseHoldsFailoverAndItGoesOnWhenResumed() {
        propose(new AutomationCommand.Pause(Reach.ALL, "drill"));
        passes(SUSPECT_AFTER.plus(GRACE).plusSeconds(5), US, AP);
        assertThat(state(EU)).isEqualTo(ClusterState.SUSPECT);
        assertThat(record(EU).health().noted()).containsExactly(FailoverBlocker.AUTOMATION_PAUSED);
        propose(new AutomationCommand.Resume(Reach.ALL));
        passes(Duration.ofMillis(200), US, AP);

        assertThat(state(EU)).isEqualTo(ClusterState.FAILED);
    }

    @Test
    void whoLeavesIsFailedOverWithoutAGracePeriod() {
        propose(new HealthCommand.Drain(EU, record(EU).version()));
        passes(Duration.ofMillis(200), EU, US, AP);

        assertThat(proposed)
                .filteredOn(FailOver.class::isInstance)
                .singleElement()
                .satisfies(command ->
                        assertThat(((FailOver) command).cause()).isEqualTo(FailoverCause.DRAIN));
    }

    @Test
    void whoRecoversIsReadmittedOnceItObeysItsFence() {
        passes(SUSPECT_AFTER.plus(GRACE).plusSeconds(1), US, AP);
        beat(EU, new Fence(1));
        passes(Duration.ofSeconds(1), EU, US, AP);
        assertThat(state(EU)).isEqualTo(ClusterState.RECOVERING);
        beat(EU, new Fence(2));
        passes(Duration.ofMillis(200), EU, US, AP);

        assertThat(state(EU)).isEqualTo(ClusterState.HEALTHY);
        assertThat(record(EU).isFenced()).isFalse();
    }

    @Test
    void whoFallsSilentAgainBeforeItIsReadmittedHasFailed() {
        passes(SUSPECT_AFTER.plus(GRACE).plusSeconds(1), US, AP);
        beat(EU, new Fence(1));
        passes(SUSPECT_AFTER.plusSeconds(1), US, AP);

        assertThat(state(EU)).isEqualTo(ClusterState.FAILED);
    }

    @Test
    void observersMustConfirmIfTheyAreAskedTo() {
        propose(new PutConfig(Map.of("health.observers-min", "2"), 0));
        passes(SUSPECT_AFTER.plusSeconds(2), US, AP);
        assertThat(state(EU)).isEqualTo(ClusterState.HEALTHY);
        assertThat(proposed).noneMatch(MarkSuspect.class::isInstance);
        assertThat(vigil.liveness().counters().unconfirmed().sum()).isPositive();

        vigil.liveness().heard(term, US, new Sightings(Map.of(EU, false)));
        vigil.liveness().heard(term, AP, new Sightings(Map.of(EU, false)));
        passes(Duration.ofMillis(200));
        assertThat(state(EU)).isEqualTo(ClusterState.SUSPECT);
    }

    @Test
    void theIdOfAFailoverIsAlwaysTheSameAndNeverTooLong() {
        ClusterRecord record = record(EU);
        assertThat(FailoverDriver.moveId(record)).isEqualTo(FailoverDriver.moveId(record(EU)));
        ClusterId longest = new ClusterId("x".repeat(64));
        propose(
                new ClusterCommand.Register(
                        longest, new ClusterProfile("", "", 0, false), ClusterState.HEALTHY));
        assertThat(FailoverDriver.moveId(record(longest)).value()).startsWith("auto-");
    }

    /// Lets time pass in steps; in each these clusters beat and the tasks run.
    private void passes(Duration duration, ClusterId... beating) {
        Duration step = Duration.ofMillis(200);
        for (Duration left = duration; left.isPositive(); left = left.minus(step)) {
            time.passes(step);
            quorum.stampedAt(time.millis());
            for (ClusterId id : beating) {
                beat(id, record(id).fencing().acked());
            }
            tasks.forEach(this::run);
        }
    }

    /// As the service does it: what brings news is proposed.
    private void beat(ClusterId id, Fence acked) {
        Beat beat = new Beat(id, 0, acked, OptionalLong.empty(), time.millis());
        vigil.liveness().heard(term, id, Sightings.NONE);
        try (View view = quorum.view()) {
            if (io.staddle.statemachine.clusters.Beats.bringsNews(
                    beat, record(id), new Queries(view).config())) {
                propose(new HealthCommand.RecordBeats(List.of(beat)));
            }
        }
    }

    private void run(LeaderTask task) {
        try (View view = quorum.view()) {
            task.run(
                    view,
                    command -> {
                        proposed.add(command);
                        return new FrontProposer(front, task.name(), TERM).propose(command);
                    });
        }
    }

    private void propose(Command command) {
        quorum.stampedAt(time.millis());
        assertThat(new FrontProposer(front, "test", TERM).propose(command))
                .isInstanceOf(Outcome.Done.class);
    }

    private ClusterState state(ClusterId id) {
        return record(id).state();
    }

    private ClusterRecord record(ClusterId id) {
        try (View view = quorum.view()) {
            return new Queries(view).cluster(id).orElseThrow();
        }
    }
}
