package io.staddle.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// The order and the length-safety of keys.
final class KeysTest {
    private record Pair(String first, String second) {}

    private record Triple(String first, long second, String third) {}

    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    private static final KeyCodec<Pair> PAIR =
            Keys.pair(Keys.TEXT, Pair::first, Keys.TEXT, Pair::second, Pair::new);
    private static final KeyCodec<Triple> TRIPLE =
            Keys.triple(
                    Keys.TEXT,
                    Triple::first,
                    Keys.NUMBER,
                    Triple::second,
                    Keys.TEXT,
                    Triple::third,
                    Triple::new);
    // Beside letters: what is escaped, what escapes look like, and each length of UTF-8.
    private static final int[] ALPHABET = {
        0, 1, 'a', 'b', '/', 0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000,
        0x10FFFF
    };

    @Test
    void textsSortByCodePointAndReadBack() {
        Random random = new Random(Fixture.seed());
        for (int i = 0; i < 50_000; i++) {
            String a = text(random);
            String b = text(random);
            assertSorts(Keys.TEXT, a, b, BY_CODE_POINT);
        }
    }

    @Test
    void partsNeverMixAndSortOneAfterTheOther() {
        Random random = new Random(Fixture.seed());
        Comparator<Pair> pairs =
                Comparator.comparing(Pair::first, BY_CODE_POINT)
                        .thenComparing(Pair::second, BY_CODE_POINT);
        Comparator<Triple> triples =
                Comparator.comparing(Triple::first, BY_CODE_POINT)
                        .thenComparingLong(Triple::second)
                        .thenComparing(Triple::third, BY_CODE_POINT);
        for (int i = 0; i < 50_000; i++) {
            assertSorts(
                    PAIR,
                    new Pair(text(random), text(random)),
                    new Pair(text(random), text(random)),
                    pairs);
            assertSorts(
                    TRIPLE,
                    new Triple(text(random), random.nextLong(3), text(random)),
                    new Triple(text(random), random.nextLong(3), text(random)),
                    triples);
        }
        assertThat(PAIR.encode(new Pair("a", "b/c")))
                .isNotEqualTo(PAIR.encode(new Pair("a/b", "c")));
    }

    @Test
    void noKeyIsTheBeginningOfAnother() {
        Random random = new Random(Fixture.seed());
        for (int i = 0; i < 50_000; i++) {
            String a = text(random);
            String b = text(random);
            byte[] whole = Keys.TEXT.encode(b);
            boolean inside = KeyRange.prefix(Keys.TEXT.encode(a)).contains(whole);
            assertThat(inside).as("%s in %s", a, b).isEqualTo(a.equals(b));
        }
    }

    @Test
    void aTextPrefixCoversTheTextsThatBeginWithIt() {
        Random random = new Random(Fixture.seed());
        for (int i = 0; i < 50_000; i++) {
            String prefix = text(random);
            String text = random.nextBoolean() ? prefix + text(random) : text(random);
            KeyRange range = KeyRange.prefix(new KeyWriter().textPrefix(prefix).toBytes());
            assertThat(range.contains(Keys.TEXT.encode(text)))
                    .as("%s of %s", prefix, text)
                    .isEqualTo(text.startsWith(prefix));
        }
    }

    @Test
    void numbersSortAndReadBack() {
        for (long a : List.of(0L, 1L, 255L, 256L, 1L << 32, Long.MAX_VALUE)) {
            for (long b : List.of(0L, 1L, 255L, 256L, 1L << 32, Long.MAX_VALUE)) {
                assertSorts(Keys.NUMBER, a, b, Comparator.naturalOrder());
            }
        }
        assertThatThrownBy(() -> Keys.NUMBER.encode(-1L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void byteStringsAndOctetsReadBack() {
        byte[] odd = {0, 1, (byte) 0xFF, 0, 0};
        byte[] key = new KeyWriter().octet(200).bytes(odd).bytes(new byte[0]).number(3).toBytes();
        KeyReader reader = new KeyReader(key);
        assertThat(reader.octet()).isEqualTo(200);
        assertThat(reader.bytes()).isEqualTo(odd);
        assertThat(reader.bytes()).isEmpty();
        assertThat(reader.number()).isEqualTo(3);
        reader.end();
    }

    @Test
    void halfASurrogatePairIsRefused() {
        for (String bad : List.of("\uD800", "a\uDC00b", "\uD800a", "\uDC00\uD800")) {
            assertThatThrownBy(() -> Keys.TEXT.encode(bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesThatNoValueHasAreCorrupt() {
        List<byte[]> texts =
                List.of(
                        new byte[] {},
                        new byte[] {'a'},
                        new byte[] {'a', 0},
                        new byte[] {'a', 0, 2},
                        new byte[] {'a', 0, 1, 'b'},
                        new byte[] {(byte) 0xC0, (byte) 0x80, 0, 1});
        for (byte[] bad : texts) {
            assertThatThrownBy(() -> Keys.TEXT.decode(bad))
                    .isInstanceOf(CorruptDataException.class);
        }
        for (byte[] bad : List.of(new byte[7], new byte[9], new byte[] {-1, 0, 0, 0, 0, 0, 0, 0})) {
            assertThatThrownBy(() -> Keys.NUMBER.decode(bad))
                    .isInstanceOf(CorruptDataException.class);
        }
        KeyCodec<Table.Kind> kinds = Keys.as(Keys.TEXT, Table.Kind::name, Table.Kind::valueOf);
        assertThat(kinds.decode(kinds.encode(Table.Kind.LOG))).isEqualTo(Table.Kind.LOG);
        assertThatThrownBy(() -> kinds.decode(Keys.TEXT.encode("NONE")))
                .isInstanceOf(CorruptDataException.class);
    }

    private static <T> void assertSorts(KeyCodec<T> codec, T a, T b, Comparator<T> order) {
        byte[] keyA = codec.encode(a);
        byte[] keyB = codec.encode(b);
        assertThat(codec.decode(keyA)).isEqualTo(a);
        assertThat(Integer.signum(Arrays.compareUnsigned(keyA, keyB)))
                .as("%s to %s", a, b)
                .isEqualTo(Integer.signum(order.compare(a, b)));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }
}
