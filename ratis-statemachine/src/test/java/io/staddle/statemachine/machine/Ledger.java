package io.staddle.statemachine.machine;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Remembers who owned what in which epoch, over the whole life of a directory: I2 says that no
/// (owner, epoch) comes twice, and that an epoch has one owner.
final class Ledger {
    private record Term(GrainId grain, Epoch epoch) {}

    private final Map<Term, Ownership.Owned> terms = new HashMap<>();
    private final Map<GrainId, Ownership> last = new HashMap<>();

    /// Notes a state and returns what it does not fit with.
    List<String> note(Reads view) {
        List<String> violations = new ArrayList<>();
        for (var row : Transitions.rows(view, Schema.GRAINS)) {
            GrainId grain = row.key();
            Ownership now = Ownerships.of(grain, row.value(), view);
            if (now instanceof Ownership.Owned owned) {
                Ownership.Owned before = terms.putIfAbsent(new Term(grain, now.epoch()), owned);
                boolean same = before == null || isSame(before, owned);
                boolean goesOn = before == null || last.get(grain) instanceof Ownership.Owned;
                if (!same || !goesOn) {
                    violations.add("I2 an epoch came twice: " + before + ", then " + now);
                }
            }
            last.put(grain, now);
        }
        return violations;
    }

    private static boolean isSame(Ownership.Owned before, Ownership.Owned now) {
        return before.by().equals(now.by()) && before.since().equals(now.since());
    }
}
