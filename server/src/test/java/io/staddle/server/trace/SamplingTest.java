package io.staddle.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.config.ConfigFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Which commands are traced. Nobody listens where the spans go.
final class SamplingTest {
    private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";
    private static final String MINIMAL =
            """
            server: s1
            deployment: test
            data: /var/lib/staddle
            servers:
              - {id: s1, api: "127.0.0.1:7400", raft: "127.0.0.1:7500"}
            """;

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 | 01 | true
                    0 | 00 | false
                    1 | 00 | false
                    0 | '' | false
                    1 | '' | true
                    0 | xx | false
                    1 | xx | true
                    """)
    void callersDecideAndTheRatioForThoseWhoDoNot(String ratio, String flags, boolean traced) {
        String traceparent = flags.isEmpty() ? "" : CALLER + flags;
        try (Tracing tracing =
                tracing(
                        Map.of(
                                "STADDLE_TRACING_OTLP_ENDPOINT",
                                "http://127.0.0.1:9",
                                "STADDLE_TRACING_SAMPLE_RATIO",
                                ratio))) {
            CommandTrace trace = tracing.begin("acquire", traceparent);

            assertThat(trace.isTraced()).isEqualTo(traced);
            assertThat(trace.span().getSpanContext().getTraceId().equals(CALLER.substring(3, 35)))
                    .isEqualTo(traced && flags.equals("01"));
        }
    }

    @Test
    void nothingIsTracedUnlessThereIsWhereToSendIt() {
        try (Tracing tracing = tracing(Map.of("STADDLE_TRACING_SAMPLE_RATIO", "1"))) {
            assertThat(tracing.isOn()).isFalse();
            assertThat(tracing.begin("acquire", CALLER + "01")).isSameAs(CommandTrace.NONE);
            assertThat(EntryTrace.NONE.with(CommandTrace.NONE).begin(1)).isSameAs(EntryTrace.NONE);
        }
    }

    private Tracing tracing(Map<String, String> environment) {
        Path file = directory.resolve("staddle.yaml");
        try {
            Files.writeString(file, MINIMAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Tracing.of(ConfigFile.read(file, environment), "test");
    }
}
