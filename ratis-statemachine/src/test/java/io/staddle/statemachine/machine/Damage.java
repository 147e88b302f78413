package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.storage.Batch;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Store;
import io.staddle.storage.View;

import java.util.function.Consumer;

/// Damage that is done to a state past the rules, and what is to be said of it.
record Damage(String says, Consumer<Batch> damage) {
    /// Does it as the next entry of the log.
    static void inflict(Store store, Consumer<Batch> damage) {
        Batch batch = store.begin();
        damage.accept(batch);
        store.commit(batch, new LogPosition(1, store.applied().index() + 1));
    }

    /// Does it, and looks whether the state is found to be damaged.
    void isFoundIn(Store store) {
        inflict(store, damage);
        try (View view = store.view()) {
            assertThat(Invariants.violations(view)).anyMatch(said -> said.contains(says));
        }
    }

    /// Does it, and looks whether the step there is found to be none.
    void isFoundAsAStepOf(Store store) {
        try (View before = store.view()) {
            inflict(store, damage);
            try (View after = store.view()) {
                assertThat(Invariants.violationsBetween(before, after))
                        .anyMatch(said -> said.contains(says));
            }
        }
    }

    @Override
    public String toString() {
        return says;
    }
}
