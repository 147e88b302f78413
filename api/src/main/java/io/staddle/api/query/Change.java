package io.staddle.api.query;

import java.util.Optional;

/// How something was, and how it was later.
///
/// @param before empty if there was no such thing
/// @param after empty if there is no such thing any more
public record Change<T>(Optional<T> before, Optional<T> after) {
    /// Returns it as it was last.
    public T newest() {
        return after.or(() -> before).orElseThrow();
    }
}
