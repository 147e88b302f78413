package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.Observation;
import io.staddle.api.model.Suspicion;
import io.staddle.api.query.Explanation;
import io.staddle.api.query.Prospect;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.explain.Stories;
import io.staddle.statemachine.past.UndoIndex;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What explanations say would change something, and what holds that back.
final class StoriesTest {
    private static final String LONG = "m".repeat(64);

    private final Directory directory = Directory.onHeap();
    private final UndoIndex index = new UndoIndex();

    @BeforeEach
    void twoClustersAreThere() {
        applied("level 4", "register a primary", "register b primary", "acquire t/g a");
    }

    @Test
    void aFailoverOfAHealthyClusterIsSaidToNeedForce() {
        Prospect failover = prospect(grain(), "FAILOVER");
        assertThat(failover.heldBy()).isEmpty();
        assertThat(failover.outcome()).isEqualTo("b owns it");
        assertThat(failover.command()).isEqualTo("staddle failover run a --force");
        assertThat(prospect(cluster("a"), "FAILOVER_BY_OPERATOR").command())
                .isEqualTo("staddle failover run a --force");
    }

    @Test
    void aFailoverOfASuspectClusterNeedsNoForceAndComesByItself() {
        suspected();
        assertThat(prospect(grain(), "FAILOVER").command()).isEqualTo("staddle failover run a");
        Explanation cluster = cluster("a");
        assertThat(prospect(cluster, "FAILOVER_BY_OPERATOR").command())
                .isEqualTo("staddle failover run a");
        Prospect itself = prospect(cluster, "FAILOVER");
        assertThat(itself.command()).isEmpty();
        assertThat(itself.dueMillis()).isGreaterThan(directory.clockMillis());
        assertThat(itself.outcome()).isEqualTo("1 grain gets another owner");
    }

    @Test
    void aFailoverThatForceDoesNotHelpIsHeldBackByWhatWouldRefuseIt() {
        applied("failover m a");
        assertThat(actions(cluster("a"))).doesNotContain("FAILOVER_BY_OPERATOR");
        assertThat(prospect(grain(), "FAILOVER").command())
                .as("nobody can be the primary then")
                .isEqualTo("staddle failover run b --force");
    }

    @Test
    void aFailBackIsOfferedOnlyIfThereIsSomethingToGoBack() {
        assertThat(actions(cluster("a"))).doesNotContain("FAIL_BACK");
        assertThat(actions(grain())).doesNotContain("FAIL_BACK");
        applied("failover m a");
        Prospect back = prospect(cluster("a"), "FAIL_BACK");
        assertThat(codes(back)).contains("SUCCESSOR_INELIGIBLE");
        assertThat(actions(grain())).contains("FAIL_BACK");
        assertThat(actions(cluster("b"))).doesNotContain("FAIL_BACK");
    }

    @Test
    void whatTheLeaderHeardIsToldByTheLeaderAlone() {
        assertThat(actions(cluster("a"))).doesNotContain("SUSPICION");
        Prospect early = prospect(heard("a", 4_000, "b does not"), "SUSPICION");
        assertThat(codes(early)).contains("SILENCE_TOO_SHORT").doesNotContain("NOT_CONFIRMED");
        assertThat(early.outcome()).contains("heard 4000 ms ago, 0 others reach it and 1 do not");
        assertThat(early.dueMillis()).isEqualTo(directory.clockMillis() - 4_000 + 15_000);

        applied("config health.observers-min=2");
        directory.advance(20_000);
        Prospect alone = prospect(heard("a", 16_000, "b does not", "c does"), "SUSPICION");
        assertThat(codes(alone)).isEqualTo("NOT_CONFIRMED");
        assertThat(alone.outcome()).contains("1 others reach it and 1 do not");
        assertThat(prospect(heard("a", 16_000, "b does not", "c does not"), "SUSPICION").heldBy())
                .isEmpty();
    }

    @Test
    void ofAClusterThatIsSuspectAlreadySilenceSaysNothing() {
        suspected();
        assertThat(actions(heard("a", 16_000))).doesNotContain("SUSPICION").contains("FAILOVER");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ADD_LEARNER | RESUME NEXT_STEP ABORT | CATCH_UP once n2 has configuration 2
                    CATCH_UP | RESUME NEXT_STEP ABORT | it enters PROMOTE_LEARNER once n2 is at most
                    PROMOTE_LEARNER | RESUME NEXT_STEP ABORT | LEADERSHIP_TRANSFER once n2 has
                    LEADERSHIP_TRANSFER | RESUME NEXT_STEP ABORT | CUTOVER once n2 has the last
                    CUTOVER | FINISH NEXT_STEP ABORT | it enters COMPLETED
                    COMPLETED | '' | ''
                    """)
    void aMigrationIsToldWhatTakesItFurther(String phase, String actions, String next) {
        moved("m");
        upTo(phase);
        Explanation migration = migration("m");
        assertThat(String.join(" ", actions(migration))).isEqualTo(actions);
        if (!next.isEmpty()) {
            assertThat(prospect(migration, "NEXT_STEP").outcome()).contains(next);
            Prospect abort = prospect(migration, "ABORT");
            assertThat(abort.command()).isEqualTo("staddle migration abort m --reason TEXT");
            assertThat(codes(abort))
                    .isEqualTo(phase.equals("CUTOVER") ? "CANNOT_ABORT_AFTER_CUTOVER" : "");
        }
    }

    @Test
    void aMigrationThatWasAbortedIsTriedAgainOnceItIsFencedHoweverLongItsName() {
        moved(LONG);
        applied("abort " + LONG);
        assertThat(actions(migration(LONG))).containsExactly("WAIT", "RETRY");
        assertThat(codes(prospect(migration(LONG), "RETRY"))).isEqualTo("NOT_FENCED");
        applied("fence " + LONG + " n1");
        assertThat(actions(migration(LONG))).containsExactly("RETRY");
        assertThat(prospect(migration(LONG), "RETRY").heldBy()).isEmpty();
    }

    private void moved(String id) {
        applied(
                "join n1",
                "state n1 ACTIVE",
                "join n2",
                "state n2 ACTIVE",
                "routing 1 1 1 n1",
                "migrate " + id + " 0 n2");
    }

    private void upTo(String phase) {
        List<String> steps =
                List.of(
                        "CATCH_UP:report 1 n2 2;step m CATCH_UP",
                        "PROMOTE_LEARNER:progress m 9 9;step m PROMOTE_LEARNER",
                        "LEADERSHIP_TRANSFER:report 1 n2 3;progress m 9 9;"
                                + "step m LEADERSHIP_TRANSFER",
                        "CUTOVER:progress m 9 9;cutover m",
                        "COMPLETED:fence m n2;complete m");
        for (String step : steps) {
            if (phase.equals("ADD_LEARNER")) {
                return;
            }
            String[] parts = step.split(":", 2);
            applied(parts[1].split(";"));
            if (parts[0].equals(phase)) {
                return;
            }
        }
    }

    private void suspected() {
        directory.advance(20_000);
        applied("mark a 15000");
    }

    private Explanation grain() {
        return told(stories -> stories.grain(GrainId.parse("t/g")));
    }

    private Explanation cluster(String id) {
        return told(stories -> stories.cluster(new ClusterId(id), Optional.empty()).orElseThrow());
    }

    private Explanation migration(String id) {
        return told(stories -> stories.migration(new MigrationId(id)).orElseThrow());
    }

    /// @param others such as `b does not`: who says whether it reaches the cluster
    private Explanation heard(String id, long agoMillis, String... others) {
        long now = directory.clockMillis();
        List<Observation> observations =
                List.of(others).stream()
                        .map(each -> each.split(" ", 2))
                        .map(each ->
                                new Observation(
                                        new ClusterId(each[0]), each[1].equals("does"), now))
                        .toList();
        Suspicion heard = new Suspicion(now - agoMillis, observations);
        return told(
                stories -> stories.cluster(new ClusterId(id), Optional.of(heard)).orElseThrow());
    }

    private Explanation told(Function<Stories, Explanation> what) {
        try (View view = directory.store().view()) {
            return what.apply(new Stories(view, directory.clockMillis(), index));
        }
    }

    private static List<String> actions(Explanation explanation) {
        return explanation.prospects().stream().map(Prospect::action).toList();
    }

    private static Prospect prospect(Explanation explanation, String action) {
        return explanation.prospects().stream()
                .filter(each -> each.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError(action + " in " + explanation.prospects()));
    }

    private static String codes(Prospect prospect) {
        return prospect.heldBy().stream()
                .map(why -> RefusalText.of(why).code())
                .collect(Collectors.joining(" "));
    }

    private void applied(String... lines) {
        for (String line : lines) {
            directory.advance(1);
            Command command;
            try (View view = directory.store().view()) {
                command = Script.parse(line, view, directory.clockMillis());
            }
            assertThat(directory.apply(command)).as(line).isInstanceOf(Outcome.Done.class);
        }
    }
}
