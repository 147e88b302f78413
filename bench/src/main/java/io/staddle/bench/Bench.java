package io.staddle.bench;

import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.client.StaddleClient;
import io.staddle.statemachine.state.Levels;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Starts three servers, measures what the options name, and prints tables.
public final class Bench implements AutoCloseable {
    static final String WEEK = "604800000";

    private static final long MB = 1024 * 1024;

    private final Options options;
    private final Deployment servers;
    private final StaddleClient client;
    private final Grains grains;
    private final Operations operations;

    private Bench(Options options) {
        this.options = options;
        servers = Deployment.create(options);
        client =
                StaddleClient.builder()
                        .endpoints(servers.endpoints())
                        .deadline(Duration.ofSeconds(10))
                        .build();
        grains = new Grains(options.grains());
        operations = new Operations(client.grains().async(), grains);
    }

    /// Runs the benchmarks.
    public static void main(String[] args) {
        Options options;
        try {
            options = Options.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(64);
            return;
        }
        Bench bench = new Bench(options);
        Thread atExit = new Thread(bench::close);
        Runtime.getRuntime().addShutdownHook(atExit);
        bench.run();
        System.exit(0);
    }

    Options options() {
        return options;
    }

    Deployment servers() {
        return servers;
    }

    StaddleClient client() {
        return client;
    }

    Grains grains() {
        return grains;
    }

    Operations operations() {
        return operations;
    }

    void say(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        client.close();
        servers.close();
    }

    private void run() {
        introduce();
        servers.leader(client);
        awaitHighestLevel();
        suspectAfter(WEEK);
        for (var cluster : Grains.CLUSTERS) {
            register(cluster.value());
        }
        Bulk bulk = new Bulk(this);
        bulk.importAll();
        sizes("after the import");
        part(
                "import",
                () -> {
                    bulk.importMore();
                    sizes("after the imports");
                });
        part("bulk", bulk::export);
        part("list", bulk::list);
        part("failover", () -> new Failovers(this).measure());
        part("replay", () -> new Replays(this).measure());
        part("beats", () -> new Heartbeats(this).measure());
        part("backup", () -> new BackupTimes(this).measure());
        part("moves", () -> new Moves(this).measure());
        part("watch", () -> new Watches(this).measure());
        part("versions", () -> new Versions(this).measure());
        part("audit", () -> new Audits(this).measure());
        part("cache", () -> new NearCaches(this).measure());
        part("barriers", () -> new Barriers(this).measure());
        part(
                "load",
                () -> {
                    new LoadTable(this).measure();
                    sizes("after the load");
                });
        part("restart", () -> new Faults(this).restarts());
        part("rolling", () -> new Rolling(this).measure());
        part("faults", () -> new Faults(this).measure());
    }

    private void part(String name, Runnable measure) {
        if (options.has(name)) {
            measure.run();
        }
    }

    /// A new deployment begins with it as soon as all servers have said which build they are.
    private void awaitHighestLevel() {
        while (client.servers().config().featureLevel() < Levels.NEWEST) {
            Deployment.sleepMillis(50);
        }
    }

    /// Nobody beats here.
    void suspectAfter(String millis) {
        client.servers()
                .putConfig(
                        Map.of("health.suspect-after-millis", millis),
                        client.servers().config().version())
                .orThrow();
    }

    void register(String cluster) {
        client.clusters()
                .register(
                        new io.staddle.api.id.ClusterId(cluster),
                        new ClusterProfile("", "", 0, true),
                        ClusterState.HEALTHY);
    }

    private void introduce() {
        say(
                "%s, %d x %s, %d MB of memory, JDK %s, commit %s"
                        .formatted(
                                LocalDate.now(java.time.ZoneId.systemDefault()),
                                Runtime.getRuntime().availableProcessors(),
                                Proc.cpuModel(),
                                memoryMb(),
                                Runtime.version(),
                                Proc.run("git", "describe", "--always", "--dirty")));
        say(Disk.flushes(options.work()));
        say("server JVM: " + String.join(" ", options.jvm()));
    }

    private static long memoryMb() {
        var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean memory
                ? memory.getTotalMemorySize() / MB
                : -1;
    }

    void sizes(String when) {
        for (int n = 1; n <= Deployment.SERVERS; n++) {
            say(
                    "server %d %s: %d MB resident, %d MB of data"
                            .formatted(
                                    n,
                                    when,
                                    Proc.residentMb(servers.pid(n)),
                                    Proc.megabytes(servers.data(n))));
        }
    }
}
