package io.staddle.api.query;

import io.staddle.api.event.RecordedEvent;

import java.util.List;

/// Why something is as it is, and what would change it.
///
/// @param causes what made it so, the oldest first, with actor and reason
/// @param moreCauses whether older causes are not kept, or are more than are shown
/// @param prospects what would change it
public record Explanation(
        List<RecordedEvent> causes, boolean moreCauses, List<Prospect> prospects) {
    /// Copies the lists.
    public Explanation {
        causes = List.copyOf(causes);
        prospects = List.copyOf(prospects);
    }
}
