package io.staddle.api.query;

import io.staddle.api.refusal.Refusal;

import java.util.List;

/// What would change something, and what holds that back now: as the code says that decides.
///
/// @param action what would happen: a stable name, such as `FAILOVER`
/// @param outcome what would become of it, in words
/// @param heldBy empty if it could happen now; the first is what it would be refused with
/// @param dueMillis the logical time before which it does not happen by itself, in milliseconds
///     since 1970; 0 if that is not known
/// @param command what does it, for people; empty if it happens by itself
public record Prospect(
        String action, String outcome, List<Refusal> heldBy, long dueMillis, String command) {
    /// Copies the list.
    public Prospect {
        heldBy = List.copyOf(heldBy);
    }
}
