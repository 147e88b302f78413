package io.staddle.statemachine.state;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.statemachine.v1.ChangedSetting;
import io.staddle.statemachine.v1.ConfigRow;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/// The row of the configuration: only what was changed, sorted by key.
///
/// Defaults, units and ranges are no part of it: a version that has one more setting must write the
/// same bytes as one that has not, or their digests differ.
final class ConfigRows {
    private ConfigRows() {}

    static ConfigRow encode(Config config) {
        ConfigRow.Builder encoded =
                ConfigRow.newBuilder()
                        .setVersion(config.version())
                        .setFeatureLevel(config.featureLevel());
        config.changed().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().key()))
                .forEach(each ->
                        encoded.addChanged(
                                ChangedSetting.newBuilder()
                                        .setKey(each.getKey().key())
                                        .setValue(each.getValue().toString())));
        return encoded.build();
    }

    static Config decode(ConfigRow row) {
        Map<Setting, SettingValue> changed = new EnumMap<>(Setting.class);
        for (ChangedSetting each : row.getChangedList()) {
            Setting setting = Setting.of(each.getKey()).orElseThrow(() -> unknown(each.getKey()));
            changed.put(setting, setting.parse(each.getValue()));
        }
        return new Config(changed, row.getVersion(), row.getFeatureLevel());
    }

    private static MalformedException unknown(String key) {
        return new MalformedException(new Expectation("setting", "one this version knows", key));
    }
}
