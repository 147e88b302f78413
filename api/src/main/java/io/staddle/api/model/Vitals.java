package io.staddle.api.model;

import java.util.OptionalLong;

/// What the recorded beats of a cluster say. Beats that bring no news are not recorded, so a
/// healthy cluster was mostly heard after `heardMillis`.
///
/// @param heardMillis when the last recorded beat came, in logical time
/// @param incarnation what the cluster calls this life of its own; 0 if it never said
/// @param lagMillis how far its data is behind; empty if it never said
public record Vitals(long heardMillis, long incarnation, OptionalLong lagMillis) {
    /// Returns the vitals of a cluster that was never heard.
    public static Vitals unheard() {
        return new Vitals(0, 0, OptionalLong.empty());
    }
}
