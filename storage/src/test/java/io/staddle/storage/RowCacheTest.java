package io.staddle.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

final class RowCacheTest {
    private static final long MIB = 1 << 20;
    private static final Slot A = slot(0, "a");
    private static final Slot B = slot(1, "b");

    @Test
    void aRowIsTheLastThatWasPut() {
        RowCache cache = new RowCache(4 * MIB);
        cache.put(A, bytes("k"), bytes("one"));
        cache.put(B, bytes("k"), bytes("other table"));
        cache.put(A, bytes("k"), bytes("2"));
        assertArrayEquals(bytes("2"), cache.get(A, bytes("k")));
        cache.put(A, bytes("k"), bytes("longer than the room that there was"));
        assertArrayEquals(bytes("longer than the room that there was"), cache.get(A, bytes("k")));
        assertArrayEquals(bytes("other table"), cache.get(B, bytes("k")));
        cache.remove(A, bytes("k"));
        assertSame(Bytes.ABSENT, cache.get(A, bytes("k")));
    }

    @Test
    void anEmptyValueIsARow() {
        RowCache cache = new RowCache(4 * MIB);
        cache.put(A, bytes("k"), bytes(""));
        assertTrue(!Bytes.isAbsent(cache.get(A, bytes("k"))));
    }

    @Test
    void aRowThatBecomesTooLongIsForgotten() {
        RowCache cache = new RowCache(4 * MIB);
        cache.put(A, bytes("k"), bytes("short"));
        cache.put(A, bytes("k"), new byte[100_000]);
        assertSame(Bytes.ABSENT, cache.get(A, bytes("k")));
    }

    @Test
    void withoutBytesNothingIsKept() {
        RowCache cache = new RowCache(0);
        cache.put(A, bytes("k"), bytes("v"));
        assertSame(Bytes.ABSENT, cache.get(A, bytes("k")));
        cache.remove(A, bytes("k"));
    }

    @Test
    void whatIsFoundIsNeverOldHoweverOftenTheRingIsOverwritten() {
        long seed = Long.getLong("staddle.seed", System.nanoTime());
        Random random = new Random(seed);
        RowCache cache = new RowCache(3 * MIB);
        Map<String, byte[]> rows = new HashMap<>();
        int found = 0;
        for (int i = 0; i < 400_000; i++) {
            String key = "key-" + random.nextInt(40_000);
            byte[] kept = cache.get(A, bytes(key));
            if (!Bytes.isAbsent(kept)) {
                found++;
                assertArrayEquals(rows.get(key), kept, "-Dstaddle.seed=" + seed);
            }
            if (random.nextInt(10) == 0) {
                rows.remove(key);
                cache.remove(A, bytes(key));
            } else {
                byte[] value = new byte[random.nextInt(200)];
                random.nextBytes(value);
                rows.put(key, value);
                cache.put(A, bytes(key), value);
            }
        }
        assertTrue(found > 50_000, "found only " + found);
    }

    private static Slot slot(int number, String name) {
        return new Slot(number, Table.rows(name, Keys.TEXT, Keys.TEXT), number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
