package io.staddle.api.query;

import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayQueue;

import java.util.List;

/// Entries of a replay queue, in order and without gaps.
///
/// @param queue the queue at the same moment: where it begins and ends
public record ReplayPage(ReplayQueue queue, List<ReplayEntry> entries) {
    /// Copies the entries.
    public ReplayPage {
        entries = List.copyOf(entries);
    }
}
