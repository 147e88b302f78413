package io.staddle.cli.transfer;

import io.staddle.api.answer.Answer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Tells the grants that an import brought about from those that stood before it.
///
/// A grant says since which revision it stands. One that is older than the import stood before. A
/// younger one is the import's own, also if the answer to the row was lost and the row repeated;
/// but only once, for another row of the same grain brings about nothing. Costs a bit a row.
final class FreshGrants {
    private final long beganAt;
    private final Map<Long, BitSet> seen = new HashMap<>();

    /// @param beganAt a log index that was reached when the import began
    FreshGrants(long beganAt) {
        this.beganAt = beganAt;
    }

    boolean isFresh(Answer.Grant grant) {
        long index = grant.since().index();
        if (index <= beganAt) {
            return false;
        }
        BitSet ordinals = seen.computeIfAbsent(index, _ -> new BitSet());
        boolean isFirst = !ordinals.get(grant.since().ordinal());
        ordinals.set(grant.since().ordinal());
        return isFirst;
    }
}
