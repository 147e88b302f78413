package io.staddle.client.barrier;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;

import java.time.Duration;

/// Who wants to coordinate what.
///
/// @param node the coordinator; it may be a participant as well
/// @param incarnation which life of it: higher after each restart, for example the time at its
///     start. A later life gets the scope at once, and fences the earlier one
/// @param lease for how long nobody else gets the scope when this one falls silent; 100 ms to 1 h
public record Coordination(ScopeId scope, NodeId node, long incarnation, Duration lease) {
    /// Refuses a lease out of range.
    public Coordination {
        if (lease.toMillis() < 100 || lease.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("lease must be 100 ms to 1 h, but is " + lease);
        }
    }
}
