package io.staddle.api.event;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What happened to Staddle itself.
public sealed interface AdminEvent extends Event {
    /// Settings changed.
    ///
    /// @param version the configuration's version afterwards
    record ConfigChanged(Map<Setting, SettingValue> changes, long version) implements AdminEvent {
        /// Copies the map.
        public ConfigChanged {
            Map<Setting, SettingValue> copy = new EnumMap<>(Setting.class);
            copy.putAll(changes);
            changes = Collections.unmodifiableMap(copy);
        }
    }

    /// Newer rules are in force.
    record FeatureLevelRaised(int level) implements AdminEvent {}

    /// A server is known with its data directory.
    record ServerAdmitted(ServerId server, String incarnation) implements AdminEvent {}
}
