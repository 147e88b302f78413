package io.staddle.bench;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.LogPosition;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
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
    private final Machine machine;
    private final int size;
    private final Random random = new Random(1);
    private long index;

    private ApplyCost(Grains grains, Machine machine, int size) {
        this.grains = grains;
        this.machine = machine;
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
            new ApplyCost(grains, new Machine(store), size).run(Integer.parseInt(args[3]));
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
        int level = Integer.getInteger("level", 1);
        apply(List.of(CommandCodec.encode(new AdminCommand.RaiseFeatureLevel(level), Origin.NONE)));
        for (var cluster : Grains.CLUSTERS) {
            ClusterProfile profile = new ClusterProfile("", "", 0, true);
            apply(
                    List.of(
                            CommandCodec.encode(
                                    new ClusterCommand.Register(
                                            cluster, profile, ClusterState.HEALTHY),
                                    Origin.NONE)));
        }
        long start = cpuNanos();
        importAll();
        System.out.printf(
                "import: %.2f µs a command%n", (cpuNanos() - start) / 1e3 / grains.count());
        for (int i = 0; i < rounds; i++) {
            round();
        }
    }

    private void importAll() {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < grains.count(); i++) {
            commands.add(
                    CommandCodec.encode(
                            new DirectoryCommand.Import(
                                    grains.id(i), grains.owner(i), grains.epoch(i)),
                            Origin.NONE));
            if (commands.size() == 1_000 || i == grains.count() - 1) {
                apply(commands);
                commands.clear();
            }
        }
    }

    private void round() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES_OF_ROUND; i++) {
            entries.add(EntryCodec.encode(i, promotions()));
        }
        long cpu = cpuNanos();
        long process = processNanos();
        long bytes = allocated();
        for (byte[] entry : entries) {
            machine.apply(new LogPosition(1, index++), EntryCodec.decode(ByteBuffer.wrap(entry)));
        }
        double commands = (double) ENTRIES_OF_ROUND * size;
        System.out.printf(
                "promote, %d an entry: %.2f µs a command, %.2f of the process, %.0f bytes"
                        + " allocated%n",
                size,
                (cpuNanos() - cpu) / 1e3 / commands,
                (processNanos() - process) / 1e3 / commands,
                (allocated() - bytes) / commands);
    }

    private List<Command> promotions() {
        List<Command> commands = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int grain = random.nextInt(grains.count());
            commands.add(
                    CommandCodec.encode(
                            new DirectoryCommand.Promote(
                                    grains.id(grain),
                                    grains.next(grain),
                                    grains.owner(grain),
                                    grains.epoch(grain),
                                    Takeover.FROM_LIVE_OWNER),
                            Origin.NONE));
            grains.note(grain, grains.next(grain), grains.epoch(grain).next());
        }
        return commands;
    }

    private void apply(List<Command> commands) {
        byte[] entry = EntryCodec.encode(0, commands);
        machine.apply(new LogPosition(1, index++), EntryCodec.decode(ByteBuffer.wrap(entry)));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : 0;
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean
                ? bean.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
