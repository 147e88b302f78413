package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Command;
import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.MovePlans;
import io.staddle.statemachine.clusters.MovePlans.Planned;
import io.staddle.statemachine.decision.Tick;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// A plan is carried out as long as nothing has changed that it looked at.
final class PlanBindingTest {
    private static final String MOVE = "failover m a";

    private final Directory directory = Directory.onHeap();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lookup nothing",
                "acquire t/another a",
                "release t/g a 1",
                "append b a/1",
                "beat b",
            })
    void aPlanOutlivesWhatItDoesNotDependOn(String change) {
        String plan = planAfterSetup();
        if (!change.startsWith("lookup")) {
            applied(change);
        }
        assertThat(outcome(MOVE + " plan " + plan)).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acquire new/g a",
                "place t a b",
                "update b tier 3",
                "register d",
                "remove c",
                "silent c",
                "beat b lag 5001",
                "config claims.max-epoch-jump=9",
                "transfer a b",
                "pause b",
                "evacuate other a",
            })
    void aPlanIsRefusedOnceSomethingHasChangedThatItLookedAt(String change) {
        String plan = planAfterSetup();
        applied(change);
        assertThat(outcome(MOVE + " plan " + plan))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.why()).isInstanceOf(Refusal.PlanChanged.class));
    }

    private String planAfterSetup() {
        List.of(
                        "register a primary",
                        "register b primary",
                        "register c",
                        "acquire t/g a",
                        "acquire u/g a")
                .forEach(this::applied);
        try (var view = directory.store().view()) {
            var command = (OfHoldings) Script.parse(MOVE, view, directory.clockMillis());
            var planned =
                    MovePlans.plan(command, view, new Tick(Revision.NONE, directory.clockMillis()));
            return ((Planned.Made) planned).plan().id().toString();
        }
    }

    private void applied(String line) {
        directory.advance(1);
        assertThat(outcome(line)).as(line).isInstanceOf(Outcome.Done.class);
    }

    private Outcome outcome(String line) {
        if (line.startsWith("silent ")) {
            directory.advance(20_000);
            return outcome("mark " + line.substring("silent ".length()) + " 15000");
        }
        Command command;
        try (var view = directory.store().view()) {
            command = Script.parse(line, view, directory.clockMillis());
        }
        return directory.apply(command);
    }
}
