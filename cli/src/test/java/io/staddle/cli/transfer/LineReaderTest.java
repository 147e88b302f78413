package io.staddle.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.cli.transfer.LineReader.Read;
import io.staddle.cli.transfer.LineReader.Text;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class LineReaderTest {
    @Test
    void linesEndWithOrWithoutCarriageReturnAndTheLastNeedsNoEnd() throws IOException {
        assertThat(read("a\r\n\nb\rc\nlast".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        good(1, 3, "a"), good(2, 4, ""), good(3, 8, "b\rc"), good(4, 12, "last"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertThat(read("\ufeffa\n\ufeffb".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(good(1, 5, "a"), good(2, 9, "\ufeffb"));
    }

    @Test
    void bytesThatAreNotUtf8AreSaidAndTheReplacementCharacterItselfIsFine() throws IOException {
        byte[] bytes = "\ufffd\nx?\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xc3;
        assertThat(read(bytes))
                .containsExactly(
                        good(1, 4, "\ufffd"),
                        new Read(2, 7, new Text.Bad("UTF-8 expected, found bytes that are not")));
    }

    @Test
    void aHugeLineIsLeftOutAndReadingGoesOn() throws IOException {
        int huge = 3 * LineReader.BYTES_MAX;
        List<Read> read = read(("x".repeat(huge) + "\nb").getBytes(StandardCharsets.UTF_8));
        assertThat(read.getFirst().text()).isInstanceOf(Text.Bad.class);
        assertThat(read.getLast()).isEqualTo(good(2, huge + 2, "b"));
    }

    @Test
    void linesAcrossBuffersAreWhole() throws IOException {
        String line = "y".repeat(50_000);
        assertThat(read((line + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8)))
                .containsExactly(good(1, 50_001, line), good(2, 100_002, line));
    }

    private static Read good(long number, long end, String text) {
        return new Read(number, end, new Text.Good(text));
    }

    private static List<Read> read(byte[] bytes) throws IOException {
        LineReader lines = new LineReader(new ByteArrayInputStream(bytes), 0, 0);
        List<Read> read = new ArrayList<>();
        for (var next = lines.next(); next.isPresent(); next = lines.next()) {
            read.add(next.get());
        }
        return read;
    }
}
