package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// How long a call is kept, with `limits.deadline-millis` as by default.
final class DeadlinesTest {
    private static final long MAX = Duration.ofSeconds(10).toNanos();

    @ParameterizedTest
    @CsvSource({
        "9999m, 9999",
        "10000m, 10000",
        "10001m, 10000",
        "10S, 10000",
        "11S, 10000",
        "1M, 10000",
        "99999999H, 10000",
        "1000u, 1",
        "1000000n, 1",
        "0m, 0"
    })
    void aCallIsKeptForAsLongAsItsCallerSaysButNotAboveTheLimit(String said, long millis) {
        assertThat(Deadlines.nanos(said, MAX)).isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @ParameterizedTest
    @CsvSource({"''", "m", "5", "5x", "-5m", "5 m", "100000000m", "\u0665m"})
    void whoSaysNothingOrNothingThatCanBeReadHasTheLimit(String said) {
        assertThat(Deadlines.nanos(said, MAX)).isEqualTo(MAX);
    }
}
