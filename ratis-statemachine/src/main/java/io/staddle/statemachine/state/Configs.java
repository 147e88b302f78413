package io.staddle.statemachine.state;

import io.staddle.api.model.Config;
import io.staddle.storage.Reads;

/// The replicated configuration of a state.
public final class Configs {
    private Configs() {}

    /// Returns the configuration; the defaults if nothing was ever set.
    public static Config of(Reads view) {
        return view.get(Schema.CONFIG, Schema.CONFIG_KEY).orElse(Config.DEFAULTS);
    }
}
