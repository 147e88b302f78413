package io.staddle.api.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;

import java.util.List;

/// A replay queue and what it knows of those that append to it.
///
/// @param oldestMillis when its first entry was appended, logical time in milliseconds since 1970;
///     0 if it is empty
/// @param oldestAgeMillis how long ago that was; 0 if it is empty
/// @param origins sorted by name
public record ReplayStatus(
        ReplayQueue queue, long oldestMillis, long oldestAgeMillis, List<ReplayOrigin> origins) {
    /// Copies the origins.
    public ReplayStatus {
        origins = List.copyOf(origins);
    }

    /// Returns it with the age that its first entry has at another time.
    ///
    /// @param nowMillis in milliseconds since 1970
    public ReplayStatus at(long nowMillis) {
        long age = queue.entries() == 0 ? 0 : Math.max(0, nowMillis - oldestMillis);
        return new ReplayStatus(queue, oldestMillis, age, origins);
    }

    /// Returns what it knows of one origin.
    public ReplayOrigin origin(ClusterId origin) {
        return origins.stream()
                .filter(each -> each.origin().equals(origin))
                .findFirst()
                .orElseGet(() -> ReplayOrigin.none(origin));
    }
}
