package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

import java.util.Optional;

/// Who is the primary: one cluster or none.
///
/// @param epoch the fencing token of the role; grows at each change, 0 if there never was a primary
/// @param sinceMillis logical time in milliseconds since 1970
public record Primacy(Optional<ClusterId> primary, long epoch, long sinceMillis) {
    /// Before the first primary.
    public static final Primacy NONE = new Primacy(Optional.empty(), 0, 0);

    /// Tells whether `cluster` is the primary.
    public boolean isHeldBy(ClusterId cluster) {
        return primary.equals(Optional.of(cluster));
    }

    /// Returns the primacy when it has gone to `next`, or to nobody.
    public Primacy movedTo(Optional<ClusterId> next, long atMillis) {
        return new Primacy(next, epoch + 1, atMillis);
    }
}
