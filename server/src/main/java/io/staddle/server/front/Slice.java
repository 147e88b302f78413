package io.staddle.server.front;

import io.staddle.api.answer.Outcome;

import java.util.List;

/// The part of a call that is in one entry.
///
/// @param unitFirst the place of its first command in the call
/// @param entryFirst the place of its first command in the entry
record Slice(Unit unit, int unitFirst, int entryFirst, int size) {
    void settle(List<Outcome> outcomesOfEntry) {
        unit.settle(unitFirst, outcomesOfEntry.subList(entryFirst, entryFirst + size));
    }

    void fail(UnansweredException why) {
        unit.failPart(size, why);
    }
}
