package io.staddle.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.staddle.cli.replay.DraftRows.Row;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ReplayDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

final class DraftRowsTest {
    @Test
    void aLineIsAWriteWithItsNumberIfItHasOne() throws IOException {
        List<Row> rows =
                rows("""
                {"key":"cart/42","value":"añadir","seq":17}

                {"base64":"AP8=","key":"k","other":[1]}
                {"key":"k","value":null,"seq":"18"}
                """)
                        .next(10);
        assertThat(rows)
                .containsExactly(
                        new Row(
                                Optional.of(17L),
                                ReplayDraft.of("cart/42", ByteString.copyFromUtf8("añadir"))),
                        new Row(
                                Optional.empty(),
                                ReplayDraft.of("k", ByteString.copyFrom(new byte[] {0, -1}))),
                        new Row(Optional.of(18L), ReplayDraft.of("k", ByteString.EMPTY)));
    }

    @Test
    void rowsComeAsManyAsAskedAndNoneAtTheEnd() throws IOException {
        DraftRows rows = rows("{\"key\":\"a\"}\n{\"key\":\"b\"}\n{\"key\":\"c\"}");
        assertThat(rows.next(2)).hasSize(2);
        assertThat(rows.next(2)).hasSize(1);
        assertThat(rows.next(2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    {"key":                     | was expected
                    [1]                         | was expected
                    word                        | was expected
                    {"key":{"a":1}}             | was expected
                    {"key":"k","seq":"x"}       | was expected
                    {"key":"k","base64":"?"}    | was expected
                    {"value":"v"}               | replay key must be 1 to 1024 bytes
                    """)
    void whatIsNoWriteIsSaidWithItsLine(String line, String why) {
        assertThatThrownBy(() -> rows("{\"key\":\"a\"}\n" + line).next(10))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("line 2: ")
                .hasMessageContaining(why);
    }

    private static DraftRows rows(String text) {
        return new DraftRows(new BufferedReader(new StringReader(text)));
    }
}
