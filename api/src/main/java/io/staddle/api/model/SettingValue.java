package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

import java.util.List;
import java.util.stream.Collectors;

/// The value of a setting. Its text is what [Setting#parse] takes, and is format.
public sealed interface SettingValue {
    /// A whole number, in the unit of the setting.
    record Amount(long value) implements SettingValue {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /// Clusters in order.
    record Clusters(List<ClusterId> clusters) implements SettingValue {
        /// Copies the list.
        public Clusters {
            clusters = List.copyOf(clusters);
        }

        @Override
        public String toString() {
            return clusters.stream().map(ClusterId::value).collect(Collectors.joining(","));
        }
    }
}
