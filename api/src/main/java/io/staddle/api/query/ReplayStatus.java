package io.staddle.api.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;

import java.util.List;

/// A replay queue and what it knows of those that append to it.
///
/// @param oldestMillis when its first entry was appended, logical time in milliseconds since 1970;
///     0 if it is empty
/// @param origins sorted by name
public record ReplayStatus(ReplayQueue queue, long oldestMillis, List<ReplayOrigin> origins) {
    /// Copies the origins.
    public ReplayStatus {
        origins = List.copyOf(origins);
    }

    /// Returns what it knows of one origin.
    public ReplayOrigin origin(ClusterId origin) {
        return origins.stream()
                .filter(each -> each.origin().equals(origin))
                .findFirst()
                .orElseGet(() -> ReplayOrigin.none(origin));
    }
}
