package io.staddle.storage;

import static io.staddle.storage.Fixture.seed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The bytes of a write batch, against the library's own.
final class BatchEncoderTest {
    private static final int FAMILIES = 200; // ids of one and of two bytes

    @TempDir Path dir;

    @Test
    void theBytesAreThoseThatTheLibraryMakes() throws RocksDBException {
        Random random = new Random(seed());
        List<Table<?, ?>> tables = new ArrayList<>();
        for (int i = 0; i < FAMILIES; i++) {
            tables.add(Table.rows("t" + i, Keys.TEXT, Keys.TEXT));
        }
        Tables slots = new Tables(tables);
        Rocks rocks = Rocks.open(dir, Rocks.Mode.CREATE, slots, Fixture.SMALL, _ -> {});
        BatchEncoder encoder =
                new BatchEncoder(
                        slots.slots().stream()
                                .mapToInt(slot -> rocks.family(slot).getID())
                                .toArray());
        try {
            for (int round = 0; round < 50; round++) {
                encoder.clear();
                try (WriteBatch theirs = new WriteBatch()) {
                    for (int i = random.nextInt(200); i >= 0; i--) {
                        change(
                                random,
                                slots.slots().get(random.nextInt(FAMILIES)),
                                encoder,
                                theirs,
                                rocks);
                    }
                    assertThat(encoder.toBytes()).isEqualTo(theirs.data());
                }
            }
            rocks.write(encoder.toBytes());
        } finally {
            rocks.shut();
        }
    }

    private static void change(
            Random random, Slot slot, BatchEncoder ours, WriteBatch theirs, Rocks rocks)
            throws RocksDBException {
        ColumnFamilyHandle family = rocks.family(slot);
        byte[] key = bytes(random, 300);
        switch (random.nextInt(3)) {
            case 0 -> {
                ours.delete(slot, key);
                theirs.delete(family, key);
            }
            case 1 -> {
                byte[] to = Arrays.copyOf(key, key.length + 1 + random.nextInt(200));
                ours.deleteRange(slot, new KeyRange(key, to));
                theirs.deleteRange(family, key, to);
            }
            default -> {
                byte[] value = bytes(random, random.nextBoolean() ? 100 : 40_000);
                ours.put(slot, key, value);
                theirs.put(family, key, value);
            }
        }
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }
}
