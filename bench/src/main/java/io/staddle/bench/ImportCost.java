package io.staddle.bench;

import io.staddle.api.v1.Command;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Measures what an import costs one follower, from the bytes of the entries to the commits,
/// without network or log: each round fills a store of its own.
public final class ImportCost {
    private static final long LIKE_A_SERVER = 64L << 20;

    private final Follower follower;

    private ImportCost(Follower follower) {
        this.follower = follower;
    }

    /// Runs it; arguments: directory, grains, commands an entry, rounds, `sorted` if the grains
    /// come by their keys.
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[1]);
        Grains grains = new Grains(count);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        if (args.length > 4) {
            order.sort(Comparator.comparing(i -> grains.id(i).key()));
        }
        for (int round = 0; round < Integer.parseInt(args[3]); round++) {
            Path dir = Files.createTempDirectory(Path.of(args[0]), "import");
            StoreOptions options = StoreOptions.DEFAULTS.withBytes(LIKE_A_SERVER, LIKE_A_SERVER);
            try (RocksStore store =
                    RocksStore.create(
                            dir.resolve("store"),
                            Schema.TABLES,
                            new StoreIdentity("bench"),
                            options)) {
                new ImportCost(new Follower(store)).run(grains, order, Integer.parseInt(args[2]));
            }
            Deployment.delete(dir);
        }
    }

    private void run(Grains grains, List<Integer> order, int size) {
        follower.begin(Levels.NEWEST);
        Spent start = Spent.untilNow();
        Spent encoding = Spent.NOTHING;
        for (int from = 0; from < order.size(); from += size) {
            Spent before = Spent.untilNow();
            List<Command> commands = new ArrayList<>(size);
            for (int i : order.subList(from, Math.min(order.size(), from + size))) {
                commands.add(Follower.importing(grains, i));
            }
            byte[] entry = EntryCodec.encode(0, commands);
            encoding = encoding.plus(Spent.since(before));
            follower.apply(entry);
        }
        Spent applying = Spent.since(start).minus(encoding);
        System.out.printf(
                "import, %d an entry: %.2f µs a grain, %.2f of the process, %.0f bytes"
                        + " allocated, beside encoding%n",
                size,
                applying.threadMicros(order.size()),
                applying.processMicros(order.size()),
                applying.bytes(order.size()));
    }
}
