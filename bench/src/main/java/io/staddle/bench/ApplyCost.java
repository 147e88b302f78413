package io.staddle.bench;

import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.v1.Command;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Measures what a promotion costs one follower from the bytes of its entry to the commit, without
/// network or log: CPU time of the thread that applies, and bytes allocated on the heap.
///
/// CPU time hardly depends on what else the machine does, so a change of a few percent shows.
public final class ApplyCost {
    private static final int ENTRIES_OF_ROUND = 200;

    private final Grains grains;
    private final Follower follower;
    private final int size;
    private final Random random = new Random(1);

    private ApplyCost(Grains grains, Follower follower, int size) {
        this.grains = grains;
        this.follower = follower;
        this.size = size;
    }

    /// Runs it; arguments: directory, grains, commands an entry, rounds, and MiB of block cache,
    /// write buffer and row cache. `-Dlevel=N` raises the feature level first.
    public static void main(String[] args) throws IOException {
        Path dir = Files.createTempDirectory(Path.of(args[0]), "apply");
        Grains grains = new Grains(Integer.parseInt(args[1]));
        try (RocksStore store =
                RocksStore.create(
                        dir.resolve("store"),
                        Schema.TABLES,
                        new StoreIdentity("bench"),
                        options(args))) {
            int size = Integer.parseInt(args[2]);
            new ApplyCost(grains, new Follower(store), size).run(Integer.parseInt(args[3]));
            System.out.println("digest " + store.view().digest());
        }
        Deployment.delete(dir);
    }

    private static StoreOptions options(String[] args) {
        StoreOptions options = StoreOptions.DEFAULTS;
        return args.length < 7
                ? options
                : options.withBytes(mib(args[4]), mib(args[5])).withRowCacheBytes(mib(args[6]));
    }

    private static long mib(String text) {
        return Long.parseLong(text) << 20;
    }

    private void run(int rounds) {
        follower.begin(Integer.getInteger("level", 1));
        Spent start = Spent.untilNow();
        follower.importAll(grains);
        System.out.printf(
                "import: %.2f µs a command%n", Spent.since(start).threadMicros(grains.count()));
        for (int i = 0; i < rounds; i++) {
            round();
        }
    }

    private void round() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES_OF_ROUND; i++) {
            entries.add(EntryCodec.encode(i, promotions()));
        }
        Spent start = Spent.untilNow();
        entries.forEach(follower::apply);
        Spent spent = Spent.since(start);
        long commands = (long) ENTRIES_OF_ROUND * size;
        System.out.printf(
                "promote, %d an entry: %.2f µs a command, %.2f of the process, %.0f bytes"
                        + " allocated%n",
                size,
                spent.threadMicros(commands),
                spent.processMicros(commands),
                spent.bytes(commands));
    }

    private List<Command> promotions() {
        List<Command> commands = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int grain = random.nextInt(grains.count());
            commands.add(
                    Follower.encoded(
                            new DirectoryCommand.Promote(
                                    grains.id(grain),
                                    grains.next(grain),
                                    grains.owner(grain),
                                    grains.epoch(grain),
                                    Takeover.FROM_LIVE_OWNER)));
            grains.note(grain, grains.next(grain), grains.epoch(grain).next());
        }
        return commands;
    }
}
