package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.refusal.Refusal;
import io.staddle.storage.View;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// A plan of migrations is refused if anything that it looked at has changed, and else carried out.
final class BalanceBindingTest {
    private static final List<String> STATE =
            List.of(
                    "join a",
                    "state a ACTIVE",
                    "join b",
                    "state b ACTIVE",
                    "join c",
                    "state c ACTIVE",
                    "routing 8 2 2 a,b",
                    "config balance.tolerance-percent=0",
                    "assign 1 2 a",
                    "migrate m 7 a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config balance.tolerance-percent=1",
                "join d",
                "join c inc 2",
                "state c DRAINING",
                "group 1 add_learner c",
                "assign 3 2 a",
                "migrate n 0 c",
                "abort m",
                "wait 15001"
            })
    void aPlanIsRefusedOnceWhatItLookedAtHasChanged(String change) {
        assertThat(afterPlanning(change))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.why()).isInstanceOf(Refusal.PlanChanged.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait 1",
                "nodebeat a,b,c",
                "report 1 a 1 leader a 3",
                "progress m 9 9",
                "register x",
                "acquire t/g x"
            })
    void whatNoMoveDependsOnRefusesNoPlan(String change) {
        assertThat(afterPlanning(change)).isInstanceOf(Outcome.Done.class);
    }

    /// Returns what becomes of a plan that is carried out after a change.
    private static Outcome afterPlanning(String change) {
        Directory directory = Directory.onHeap();
        STATE.forEach(line -> apply(line, directory));
        try (View view = directory.store().view()) {
            var plan =
                    BalanceScript.apply(
                            new BalanceScript(
                                            new String[] {"balance"}, view, directory.clockMillis())
                                    .plan());
            if (change.startsWith("wait ")) {
                directory.advance(Long.parseLong(change.substring(5)));
            } else {
                apply(change, directory);
            }
            return directory.apply(plan);
        }
    }

    private static void apply(String line, Directory directory) {
        try (View view = directory.store().view()) {
            directory.apply(Script.parse(line, view, directory.clockMillis()));
        }
    }
}
