package io.staddle.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.testing.Configs;

import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.retry.RetryPolicy;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

final class RaftSettingsTest {
    @Test
    void aFollowerThatWasAwayForDaysIsCalledAgainAtOnce() {
        RaftProperties properties = RaftSettings.of(Configs.alone(), Path.of("unused"));
        RetryPolicy again =
                RetryPolicy.parse(
                        Log.Appender.retryPolicy(properties), Log.Appender.RETRY_POLICY_KEY);
        for (int failures = 1; failures < 10_000_000; failures *= 3) {
            int count = failures;
            RetryPolicy.Action action = again.handleAttemptFailure(() -> count);
            assertThat(action.shouldRetry()).isTrue();
            assertThat(action.getSleepTime().toLong(TimeUnit.MILLISECONDS)).isBetween(0L, 200L);
        }
    }
}
