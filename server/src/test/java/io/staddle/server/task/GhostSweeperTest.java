package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.GhostCommand.SweepGhosts;
import io.staddle.api.command.NodeCommand.RegisterNode;
import io.staddle.api.command.RoutingCommand.ChangeGroup;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Ghosts go by evidence alone: what their node says in its life of now, or that it has left.
final class GhostSweeperTest {
    private static final long KEPT = Config.DEFAULTS.get(Setting.GHOST_KEEP_MILLIS);

    private final RoutingStage stage = new RoutingStage();
    private final GhostSweeper sweeper = new GhostSweeper(stage.vigil);

    @BeforeEach
    void aVShardHasMovedFromAToB() {
        stage.join("a", "b", "c");
        stage.routing(1, 1, 1, "a");
        stage.start("m", 0, "b");
        stage.finishMigrations();
        assertThat(ghosts()).hasSize(1);
    }

    @Test
    void aGhostWhoseNodeSaysNothingStaysWhateverItsAge() {
        stage.passes(100 * KEPT);
        sweep();
        assertThat(stage.proposed).isEmpty();
    }

    @Test
    void aGhostThatNobodyComesForGoesOnceItIsOldEnough() {
        says("a", Finding.PURGE);
        stage.passes(KEPT - 100_000);
        sweep();
        assertThat(ghosts()).hasSize(1);
        stage.passes(100_000);
        sweep();

        assertThat(ghosts()).isEmpty();
        assertThat(stage.proposed).hasSize(1).allMatch(SweepGhosts.class::isInstance);
    }

    @Test
    void aGhostThatCallersComeForStays() {
        stage.passes(KEPT);
        says("a", Finding.PURGE);
        says("a", Finding.KEEP);
        sweep();
        assertThat(ghosts()).hasSize(1);
        says("a", Finding.INCONCLUSIVE);
        sweep();
        assertThat(ghosts()).hasSize(1);
    }

    @Test
    void nobodyButTheNodeOfAGhostHasASayAndNoEarlierLifeOfIt() {
        stage.passes(KEPT);
        GhostVerdict verdict = verdict(Finding.PURGE);
        stage.liveness.ghosts().heard(stage.term, stage.node("b"), List.of(verdict));
        sweep();
        says("a", Finding.PURGE);
        stage.propose(new RegisterNode(new NodeId("a"), stage.node("a").address(), 2));
        sweep();
        assertThat(ghosts()).hasSize(1);
        says("a", Finding.PURGE);
        sweep();
        assertThat(ghosts()).isEmpty();
    }

    @Test
    void aNewLeaderHasHeardNothingYet() {
        stage.passes(KEPT);
        says("a", Finding.PURGE);
        stage.term++;
        sweep();
        assertThat(stage.proposed).isEmpty();
    }

    @Test
    void whatWasSaidOfAGhostThatHasChangedSinceCountsNoMore() {
        stage.passes(KEPT);
        says("a", Finding.PURGE);
        stage.beatAndReport();
        stage.start("n", 0, "c");
        stage.finishMigrations();
        sweep();
        assertThat(ghosts()).extracting(Ghost::source).contains(new NodeId("a"));
    }

    @Test
    void aGhostAtANodeThatHasLeftGoes() {
        stage.propose(
                new ChangeGroup(
                        new GroupId(1),
                        GroupChange.REMOVE,
                        new NodeId("a"),
                        stage.group(1).configVersion()));
        stage.state("a", NodeState.DRAINING);
        sweep();
        assertThat(ghosts()).as("callers may still come").hasSize(1);
        stage.left(stage.group(1), stage.group(1).removals().getFirst());
        stage.state("a", NodeState.DECOMMISSIONED);
        sweep();
        assertThat(ghosts()).isEmpty();
    }

    private void says(String node, Finding finding) {
        stage.liveness.ghosts().heard(stage.term, stage.node(node), List.of(verdict(finding)));
    }

    private GhostVerdict verdict(Finding finding) {
        Ghost ghost = ghosts().getFirst();
        return new GhostVerdict(ghost.vShard(), ghost.source(), finding, ghost.version());
    }

    private List<Ghost> ghosts() {
        try (View view = stage.quorum.view()) {
            return new MigrationQueries(view).ghosts();
        }
    }

    private void sweep() {
        stage.run(sweeper);
    }
}
