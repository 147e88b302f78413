package io.staddle.bench;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.state.Levels;
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
import java.util.Comparator;
import java.util.List;

/// Measures what an import costs one follower, from the bytes of the entries to the commits,
/// without network or log: each round fills a store of its own.
public final class ImportCost {
    private static final long LIKE_A_SERVER = 64L << 20;

    private final Machine machine;
    private long index;
    private long applying;
    private long allocated;

    private ImportCost(Machine machine) {
        this.machine = machine;
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
                new ImportCost(new Machine(store)).run(grains, order, Integer.parseInt(args[2]));
            }
            Deployment.delete(dir);
        }
    }

    private void run(Grains grains, List<Integer> order, int size) {
        apply(
                List.of(
                        CommandCodec.encode(
                                new AdminCommand.RaiseFeatureLevel(Levels.NEWEST), Origin.NONE)));
        for (var cluster : Grains.CLUSTERS) {
            ClusterProfile profile = new ClusterProfile("", "", 0, true);
            apply(
                    List.of(
                            CommandCodec.encode(
                                    new ClusterCommand.Register(
                                            cluster, profile, ClusterState.HEALTHY),
                                    Origin.NONE)));
        }
        applying = 0;
        allocated = 0;
        long process = processNanos();
        long encoding = 0;
        for (int from = 0; from < order.size(); from += size) {
            long start = cpuNanos();
            List<Command> commands = new ArrayList<>(size);
            for (int i : order.subList(from, Math.min(order.size(), from + size))) {
                commands.add(
                        CommandCodec.encode(
                                new DirectoryCommand.Import(
                                        grains.id(i), grains.owner(i), grains.epoch(i)),
                                Origin.NONE));
            }
            encoding += cpuNanos() - start;
            apply(commands);
        }
        System.out.printf(
                "import, %d an entry: %.2f µs a grain, %.2f of the process beside encoding, %.0f"
                        + " bytes allocated%n",
                size,
                applying / 1e3 / order.size(),
                (processNanos() - process - encoding) / 1e3 / order.size(),
                (double) allocated / order.size());
    }

    private void apply(List<Command> commands) {
        byte[] entry = EntryCodec.encode(0, commands);
        long start = cpuNanos();
        long bytes = allocatedBytes();
        machine.apply(new LogPosition(1, index++), EntryCodec.decode(ByteBuffer.wrap(entry)));
        applying += cpuNanos() - start;
        allocated += allocatedBytes() - bytes;
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

    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean
                ? bean.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
