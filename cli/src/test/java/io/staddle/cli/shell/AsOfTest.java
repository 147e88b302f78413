package io.staddle.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.id.Revision;
import io.staddle.api.query.Moment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

final class AsOfTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:15:00Z,      2026-11-22T10:15:00Z",
        "2026-11-22T10:15:00.250Z,  2026-11-22T10:15:00.250Z",
        "2026-11-22T10:15:00+01:00, 2026-11-22T09:15:00Z",
        "2026-11-22T10:15:00-08:00, 2026-11-22T18:15:00Z",
        "2h,                        2026-11-22T10:00:00Z",
        "1h30m,                     2026-11-22T10:30:00Z",
        "500ms,                     2026-11-22T11:59:59.500Z",
        "90min,                     2026-11-22T10:30:00Z",
        "1d,                        2026-11-21T12:00:00Z",
    })
    void aTimeIsWrittenAsLogsHaveIt(String text, String time) {
        assertThat(moment(text)).isEqualTo(new Moment.AtTime(Instant.parse(time).toEpochMilli()));
    }

    @Test
    void aRevisionIsAnIndexOrAPlaceInIt() {
        assertThat(moment("1234")).isEqualTo(Moment.afterEntry(1234));
        assertThat(moment("1234.5")).isEqualTo(new Moment.AtRevision(new Revision(1234, 5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "2026-11-22", "2026-11-22T10:15:00", "-5m", "1.x", "", "5x"})
    void anythingElseIsToldWhatWouldDo(String text) {
        assertThatThrownBy(() -> moment(text))
                .isInstanceOfSatisfying(
                        CliException.class,
                        e -> assertThat(e.next()).contains("2026-11-22T10:15:00Z", "2h"));
    }

    private static Moment moment(String text) {
        return AsOf.moment(
                text,
                epoch -> {
                    throw new AssertionError("no epoch was asked for: " + epoch);
                },
                NOW);
    }
}
