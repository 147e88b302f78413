package io.staddle.server;

import io.staddle.server.admission.SelfAdmission;
import io.staddle.server.agreement.Agreement;
import io.staddle.server.agreement.Builds;
import io.staddle.server.agreement.DigestWatch;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Failpoint;
import io.staddle.server.exit.Halt;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.front.ReadFront;
import io.staddle.server.grpc.ApiServer;
import io.staddle.server.grpc.ServerPortrait;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.raft.Quorum;
import io.staddle.server.task.BarrierCollector;
import io.staddle.server.task.BarrierExpirer;
import io.staddle.server.task.Decommissioner;
import io.staddle.server.task.FailoverDriver;
import io.staddle.server.task.FirstLevel;
import io.staddle.server.task.FrontProposer;
import io.staddle.server.task.GhostSweeper;
import io.staddle.server.task.HealthDetector;
import io.staddle.server.task.LeaderTask;
import io.staddle.server.task.LeaderTasks;
import io.staddle.server.task.LeaseExpirer;
import io.staddle.server.task.MemberNoter;
import io.staddle.server.task.MigrationCollector;
import io.staddle.server.task.MigrationDriver;
import io.staddle.server.task.OrphanAuditor;
import io.staddle.server.task.ReadmissionDriver;
import io.staddle.server.task.Rebalancer;
import io.staddle.server.task.ReplicaTrimmer;
import io.staddle.server.task.TombstoneCollector;
import io.staddle.server.task.Vigil;
import io.staddle.server.watch.Health;
import io.staddle.server.watch.HealthMetrics;
import io.staddle.server.watch.LivenessMetrics;
import io.staddle.server.watch.ServerMetrics;
import io.staddle.server.watch.StateLog;
import io.staddle.server.watch.StoreMetrics;
import io.staddle.server.watch.TlsMetrics;
import io.staddle.server.watch.UnownedTime;
import io.staddle.server.watch.Watchdog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A running server: a seat in the quorum, and what is built on it. Closing it is the orderly stop.
final class ServerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /// Commands wait meanwhile. If it takes longer, an election is over sooner.
    private static final Duration HANDOVER = Duration.ofSeconds(1);

    private static final Duration DRAIN = Duration.ofSeconds(2);

    /// How exactly deadlines are kept.
    private static final Duration SWEEPS = Duration.ofMillis(20);

    private static final Duration SWEEPS_WHEN_IDLE = Duration.ofMillis(100);

    /// How often the watchdog looks; shorter in tests.
    private static final Duration LOOKS =
            Duration.ofMillis(Long.getLong("staddle.test.watchdog-millis", 1_000));

    private final DataDirectory data;
    private final Quorum quorum;
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("command-sender").factory());
    private final DiskReserve reserve;
    private final CommandFront commands;
    private final ReadFront reads;
    private final Watchdog watchdog;
    private final Health health;
    private final ServerMetrics metrics;
    private final ApiServer api;
    private final Ticks ticks = new Ticks("ticks");
    private final Ticks looks = new Ticks("watchdog");
    private final Ticks comparisons = new Ticks("digest-watch");
    private final Ticks introductions = new Ticks("introductions");
    private final Agreement agreement = new Agreement();
    private final Builds builds;
    private final SelfAdmission admission;
    private final LeaderTasks tasks;

    private ServerProcess(ServerConfig config, DataDirectory data, Quorum quorum, Halt halt) {
        this.data = data;
        this.quorum = quorum;
        reserve = DiskReserve.on(data.raft(), config.limits().diskReserveBytes());
        commands = new CommandFront(quorum, config.limits(), reserve, sender);
        reads = new ReadFront(quorum, config);
        watchdog = new Watchdog(quorum, halt);
        health = new Health(quorum, watchdog);
        metrics = new ServerMetrics(quorum, commands, reads, agreement);
        ServerPortrait portrait = new ServerPortrait(config, data, quorum, health, agreement);
        Liveness liveness = new Liveness(System::nanoTime, quorum.clock().wall());
        LivenessMetrics.bind(metrics.registry(), liveness.counters(), quorum);
        api = new ApiServer(config, portrait, commands, reads, health, metrics, quorum, liveness);
        api.start();
        LOG.info("server {} answers clients at {}", config.server(), config.api());
        startTicks();
        metrics.add(new TlsMetrics(config.tls(), quorum.clock().wall()));
        config.tls().ifPresent(tls -> ticks.every(Duration.ofSeconds(1), tls::look));
        DigestWatch digestWatch = new DigestWatch(config.server(), quorum, agreement, halt);
        comparisons.every(Duration.ofSeconds(1), digestWatch::look);
        builds = portrait.builds();
        introductions.repeat(builds::pause, () -> introduce(config, halt));
        admission = SelfAdmission.start(config.tls(), data.identity(), quorum, halt);
        tasks =
                LeaderTasks.start(
                        leaderTasks(
                                quorum,
                                new Vigil(liveness, quorum.clock(), () -> quorum.standing().term()),
                                builds),
                        quorum,
                        (task, term) -> new FrontProposer(commands, task, term));
        metrics.add(new HealthMetrics(health, tasks));
    }

    /// What the leader does by itself.
    static List<LeaderTask> leaderTasks(Quorum quorum, Vigil vigil, Builds builds) {
        return List.of(
                new FirstLevel(builds),
                new MemberNoter(quorum),
                new LeaseExpirer(vigil.clock()),
                new TombstoneCollector(vigil.clock()),
                new HealthDetector(vigil),
                new FailoverDriver(vigil),
                new ReadmissionDriver(),
                new MigrationDriver(vigil.clock(), vigil.term()),
                new MigrationCollector(vigil.clock()),
                new GhostSweeper(vigil),
                new BarrierExpirer(vigil.clock()),
                new BarrierCollector(vigil.clock()),
                new ReplicaTrimmer(vigil),
                new OrphanAuditor(vigil),
                new Decommissioner(vigil),
                new Rebalancer(vigil));
    }

    /// Starts everything on a seat that is taken already.
    static ServerProcess start(ServerConfig config, DataDirectory data, Quorum quorum, Halt halt) {
        return new ServerProcess(config, data, quorum, halt);
    }

    /// Returns the port for clients.
    int port() {
        return api.port();
    }

    /// Hands leadership over, lets calls in flight finish, and closes the store. In that order, so
    /// that clients lose as little as can be.
    @Override
    public void close() {
        LOG.info("stopping");
        health.stopping();
        api.tellHealth();
        looks.close();
        comparisons.close();
        introductions.close();
        admission.close();
        tasks.close();
        handOver();
        drain();
        api.close();
        ticks.close();
        sender.shutdown();
        quorum.close();
        metrics.close();
        data.close();
        LOG.info("stopped");
    }

    private void startTicks() {
        StateLog stateLog = new StateLog(quorum);
        UnownedTime unowned = new UnownedTime(quorum);
        metrics.add(unowned);
        metrics.add(new StoreMetrics(quorum, data.raft()));
        metrics.addReserve(reserve);
        metrics.addLeaderChanges(stateLog.leaderChanges());
        ticks.repeat(this::untilSweep, this::sweep);
        ticks.every(Duration.ofMillis(200), api::tellHealth);
        ticks.every(Duration.ofMillis(200), stateLog::tick);
        ticks.every(Duration.ofSeconds(1), () -> unowned.tick(System.nanoTime()));
        ticks.every(Duration.ofSeconds(1), quorum::keepLogShort);
        ticks.every(LOOKS, () -> Failpoint.at("ticks"));
        ticks.every(LOOKS, watchdog::observe);
        looks.every(LOOKS, watchdog::look);
        looks.every(Duration.ofSeconds(1), reserve::look);
    }

    private Duration untilSweep() {
        return commands.isIdle() && reads.queriesHeld() == 0 ? SWEEPS_WHEN_IDLE : SWEEPS;
    }

    private void sweep() {
        long now = System.nanoTime();
        commands.sweep(now);
        reads.sweep(now);
    }

    private void introduce(ServerConfig config, Halt halt) {
        if (builds.look()) {
            halt.halt(
                    ExitCode.DATA_REFUSED,
                    "server %s is not in the quorum any more: it was removed. To take it back, give"
                                    .formatted(config.server())
                            + " it an empty directory (staddle server format), start it, and: "
                            + config.self().toAdd());
        }
    }

    private void handOver() {
        if (quorum.matchIndexes().isEmpty()) {
            return;
        }
        try {
            var handedOver = quorum.transferLeadership(Optional.empty(), HANDOVER);
            LOG.info("{} leads now", handedOver.get(HANDOVER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("leadership could not be handed over: the others will elect", e);
            var _ = quorum.stepDown(HANDOVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        commands.stop();
        reads.stop();
        long end = System.nanoTime() + DRAIN.toNanos();
        while (!commands.isIdle() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
