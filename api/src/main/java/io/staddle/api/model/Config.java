package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The replicated configuration.
///
/// @param changed the settings that differ from their defaults
/// @param version grows with every change; 0 if nothing was ever set
/// @param featureLevel the rules that are in force
public record Config(Map<Setting, SettingValue> changed, long version, int featureLevel) {
    /// What holds before anything was set.
    public static final Config DEFAULTS = new Config(Map.of(), 0, 1);

    /// Copies the map, without settings that are as by default.
    public Config {
        Map<Setting, SettingValue> copy = new EnumMap<>(Setting.class);
        copy.putAll(changed);
        copy.entrySet().removeIf(each -> each.getValue().equals(each.getKey().defaultValue()));
        changed = Collections.unmodifiableMap(copy);
    }

    /// Returns the value of a setting.
    public SettingValue value(Setting setting) {
        return changed.getOrDefault(setting, setting.defaultValue());
    }

    /// Returns the value of a setting that is a number, in the setting's unit.
    ///
    /// @throws IllegalArgumentException if it is none
    public long get(Setting setting) {
        return switch (value(setting)) {
            case SettingValue.Amount(var number) -> number;
            case SettingValue.Clusters other -> throw new IllegalArgumentException(setting.key());
        };
    }

    /// Tells whether a setting of 0 and 1 is 1.
    public boolean isOn(Setting setting) {
        return get(setting) == 1;
    }

    /// Returns the value of a setting that is a list of clusters.
    ///
    /// @throws IllegalArgumentException if it is none
    public List<ClusterId> clusters(Setting setting) {
        return switch (value(setting)) {
            case SettingValue.Clusters(var clusters) -> clusters;
            case SettingValue.Amount other -> throw new IllegalArgumentException(setting.key());
        };
    }

    /// Returns the configuration with some settings changed, one version on.
    public Config with(Map<Setting, SettingValue> changes) {
        Map<Setting, SettingValue> next = new EnumMap<>(Setting.class);
        next.putAll(changed);
        next.putAll(changes);
        return new Config(next, version + 1, featureLevel);
    }

    /// Returns the configuration at another feature level, one version on.
    public Config at(int level) {
        return new Config(changed, version + 1, level);
    }
}
