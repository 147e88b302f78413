package io.staddle.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.model.Setting;

import org.junit.jupiter.api.Test;

final class ConfigGetVerbTest {
    @Test
    void settingsOfATopicStandTogether() {
        assertThat(ConfigGetVerb.byName())
                .containsExactlyInAnyOrder(Setting.values())
                .extracting(Setting::key)
                .isSorted()
                .containsSequence("history.bytes-max", "history.entries-max");
    }
}
