package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.Proposal;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.HeapStore;
import io.staddle.storage.Row;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Damaged entries and rows are said to be damaged, and nothing else is thrown.
final class EntryFuzzTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_123);
    private static final int ROUNDS = 10_000;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void anEntryOfNoiseIsDecodedOrCorrupt() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            decode(noise, bytes -> EntryCodec.decode(ByteBuffer.wrap(bytes)));
            decode(noise, bytes -> EntryCodec.decode(ByteString.copyFrom(bytes)));
        }
    }

    @Test
    void anEntryWithFlippedBitsIsDecodedOrCorrupt() {
        Directory directory = Directory.onHeap();
        for (int i = 0; i < 200; i++) {
            try (View view = directory.store().view()) {
                var command = RandomCommands.next(random, view);
                byte[] entry =
                        EntryCodec.encode(i, List.of(CommandCodec.encode(Proposal.of(command))));
                for (int flips = 0; flips < 20; flips++) {
                    decode(flipped(entry), bytes -> EntryCodec.decode(ByteBuffer.wrap(bytes)));
                }
            }
        }
    }

    @Test
    void rowsWithFlippedBitsAreDecodedOrCorrupt() {
        HeapStore store = HeapStore.create(Schema.TABLES);
        Directory directory = new Directory(store);
        for (int i = 0; i < 300; i++) {
            try (View view = store.view()) {
                directory.apply(RandomCommands.next(random, view));
            }
        }
        try (View view = store.view()) {
            Schema.TABLES.forEach(table -> damage(table, view));
        }
    }

    @Test
    void anEntryOfANewerVersionStopsTheServer() {
        byte[] unknown =
                EntryCodec.encode(1, List.of(io.staddle.api.v1.Command.getDefaultInstance()));
        assertThatThrownBy(() -> EntryCodec.decode(ByteBuffer.wrap(unknown)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("command");
    }

    private <K, V> void damage(Table<K, V> table, View view) {
        List<Row<K, V>> rows = new ArrayList<>(Transitions.rows(view, table));
        for (int i = 0; i < 500 && !rows.isEmpty(); i++) {
            Row<K, V> row = rows.get(random.nextInt(rows.size()));
            decode(flipped(table.values().encode(row.value())), table.values()::decode);
            decode(flipped(table.keys().encode(row.key())), table.keys()::decode);
        }
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int flips = random.nextInt(1, 4); flips > 0 && copy.length > 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static void decode(byte[] bytes, Consumer<byte[]> decoding) {
        try {
            decoding.accept(bytes);
        } catch (CorruptDataException documented) {
            // What a server is told to expect.
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "seed " + SEED + ": bytes " + HexFormat.of().formatHex(bytes), e);
        }
    }
}
