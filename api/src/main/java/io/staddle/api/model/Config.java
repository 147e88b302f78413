package io.staddle.api.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The replicated configuration.
///
/// @param changed the settings that differ from their defaults
/// @param version grows with every change; 0 if nothing was ever set
/// @param featureLevel the rules that are in force
public record Config(Map<Setting, Long> changed, long version, int featureLevel) {
    /// What holds before anything was set.
    public static final Config DEFAULTS = new Config(Map.of(), 0, 1);

    /// Copies the map, without settings that are as by default.
    public Config {
        Map<Setting, Long> copy = new EnumMap<>(Setting.class);
        copy.putAll(changed);
        copy.entrySet().removeIf(each -> each.getValue() == each.getKey().defaultValue());
        changed = Collections.unmodifiableMap(copy);
    }

    /// Returns the value of a setting, in the setting's unit.
    public long get(Setting setting) {
        Long value = changed.get(setting);
        return value == null ? setting.defaultValue() : value;
    }

    /// Tells whether a setting of 0 and 1 is 1.
    public boolean isOn(Setting setting) {
        return get(setting) == 1;
    }

    /// Returns the configuration with some settings changed, one version on.
    public Config with(Map<Setting, Long> changes) {
        Map<Setting, Long> next = new EnumMap<>(Setting.class);
        next.putAll(changed);
        next.putAll(changes);
        return new Config(next, version + 1, featureLevel);
    }

    /// Returns the configuration at another feature level, one version on.
    public Config at(int level) {
        return new Config(changed, version + 1, level);
    }
}
