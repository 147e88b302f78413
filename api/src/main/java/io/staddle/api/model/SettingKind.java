package io.staddle.api.model;

/// What values a setting takes.
public sealed interface SettingKind {
    /// A whole number.
    ///
    /// @param standard the value unless another was set
    /// @param unit what it counts
    record Amount(long standard, long min, long max, String unit) implements SettingKind {}

    /// Clusters in order; none unless others were set.
    ///
    /// @param max the most there can be
    record Clusters(int max) implements SettingKind {}
}
