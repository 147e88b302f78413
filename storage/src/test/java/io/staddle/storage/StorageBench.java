package io.staddle.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Measures what a command costs in the store; a program, not a test.
///
/// Arguments: rows, entries, index writes a command. Prints microseconds a command.
public final class StorageBench {
    private static final int COMMANDS = 256;
    private static final int VALUE_BYTES = 40;
    private static final Codec<byte[]> RAW =
            new Codec<>() {
                @Override
                public byte[] encode(byte[] value) {
                    return value;
                }

                @Override
                public byte[] decode(byte[] bytes) {
                    return bytes;
                }
            };
    private static final Table<String, byte[]> GRAINS = Table.rows("grains", Keys.TEXT, RAW);
    private static final Table<String, Present> OWNED = Table.index("owned", Keys.TEXT);
    private static final Table<Long, byte[]> HISTORY = Table.log("history", Keys.NUMBER, RAW);
    private static final Table<String, byte[]> HOLDINGS =
            Table.resident("holdings", Keys.TEXT, RAW);
    private static final List<Table<?, ?>> TABLES = List.of(GRAINS, OWNED, HISTORY, HOLDINGS);
    private static final StoreIdentity ME = new StoreIdentity("bench");

    private final int rows;
    private final int entries;
    private final int indexWrites;
    private final Random random = new Random(1);
    private long index;

    private StorageBench(int rows, int entries, int indexWrites) {
        this.rows = rows;
        this.entries = entries;
        this.indexWrites = indexWrites;
    }

    /// Runs the measurement.
    ///
    /// @param args rows, entries, index writes a command
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int entries = args.length > 1 ? Integer.parseInt(args[1]) : 4_000;
        int indexWrites = args.length > 2 ? Integer.parseInt(args[2]) : 2;
        Path dir = Files.createTempDirectory("storage-bench");
        try {
            new StorageBench(rows, entries, indexWrites).run(dir);
        } finally {
            Directories.delete(dir);
        }
    }

    private void run(Path dir) {
        StoreOptions options = StoreOptions.DEFAULTS;
        Path home = dir.resolve("store");
        try (RocksStore store = RocksStore.create(home, TABLES, ME, options)) {
            timed("load of " + rows, rows, () -> load(store));
            for (int round = 0; round < 4; round++) {
                timed("commands", (long) entries * COMMANDS, () -> commands(store));
            }
            timed("checkpoint", 1, () -> store.checkpoint(dir.resolve("checkpoint")));
            timed("view and get", 200_000, () -> reads(store));
            timed("verify of the digest", rows, store::verify);
            timed("close", 1, store::close);
        }
        timed("open, verified", 1, () -> RocksStore.open(home, TABLES, ME, options).close());
        StoreOptions trusting = options.withVerifyOnOpen(false);
        timed("open", 1, () -> RocksStore.open(home, TABLES, ME, trusting).close());
        timed("install", 1, () -> RocksStore.install(dir.resolve("checkpoint"), home, ME));
    }

    private void load(Store store) {
        for (int row = 0; row < rows; ) {
            Batch batch = store.begin();
            for (int i = 0; i < COMMANDS && row < rows; i++, row++) {
                batch.insert(GRAINS, key(row), value());
                batch.put(OWNED, "eu-1/" + key(row));
            }
            store.commit(batch, new LogPosition(1, ++index));
        }
    }

    private void commands(Store store) {
        for (int entry = 0; entry < entries; entry++) {
            Batch batch = store.begin();
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                keys.add(key(random.nextInt(rows)));
            }
            batch.prefetch(GRAINS, keys);
            for (String key : keys) {
                if (batch.get(GRAINS, key).isEmpty()) {
                    throw new IllegalStateException("lost " + key);
                }
                batch.update(GRAINS, key, value());
                for (int i = 0; i < indexWrites; i++) {
                    batch.put(OWNED, (i + (int) (index & 1)) + "/" + key);
                }
            }
            batch.append(HISTORY, ++index, new byte[COMMANDS * VALUE_BYTES]);
            store.commit(batch, new LogPosition(1, index));
        }
    }

    private void reads(Store store) {
        for (int i = 0; i < 200_000; i++) {
            try (View view = store.view()) {
                view.get(GRAINS, key(random.nextInt(rows)));
            }
        }
    }

    private static String key(int row) {
        return "account-balance-" + String.format("%08d", (row * 2654435761L) % 100_000_000);
    }

    private byte[] value() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }

    private static void timed(String what, long count, Runnable work) {
        long cpu =
                java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long start = System.nanoTime();
        work.run();
        double wall = (System.nanoTime() - start) / 1e3;
        double used =
                (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                                - cpu)
                        / 1e3;
        System.out.printf(
                "%-24s %10.1f ms, a piece %8.2f us wall, %8.2f us of this thread%n",
                what, wall / 1e3, wall / count, used / count);
    }
}
