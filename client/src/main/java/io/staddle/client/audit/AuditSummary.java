package io.staddle.client.audit;

import java.util.Map;

/// How an audit ended.
///
/// @param index the log index of the state that was compared: changes after it are not held against
///     anybody
/// @param claims how many claims there were
/// @param grains how many grains the audited clusters own
/// @param inFlight how many differences may be due to changes that the claimants had not heard of
/// @param found how many findings of each kind that there are any of
public record AuditSummary(
        long index, long claims, long grains, long inFlight, Map<Finding.Kind, Long> found) {
    /// Makes it unmodifiable.
    public AuditSummary {
        found = Map.copyOf(found);
    }

    /// Tells whether nothing is wrong.
    public boolean isClean() {
        return found.isEmpty();
    }

    /// Returns how many findings of a kind there are.
    public long count(Finding.Kind kind) {
        return found.getOrDefault(kind, 0L);
    }
}
