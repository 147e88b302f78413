import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierStatus;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleRefusedException;
import io.staddle.client.barrier.BarrierCoordinator;
import io.staddle.client.barrier.BarrierOutcome;
import io.staddle.client.barrier.Coordination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Coordinates the checkpoints of the job, or waits until it may: there can be many, and one of
/// them coordinates.
///
/// While there is a file `hold-NAME` it stops between READY and COMMIT, and says so in `held-NAME`.
final class Master {
    private static final Duration LEASE = Duration.ofMillis(1_500 * patience());
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long PERIOD_MILLIS = 400;

    private final Path work;
    private final String name;
    private final BarrierCoordinator coordinator;
    private volatile boolean stopping;

    private Master(Path work, String name, BarrierCoordinator coordinator) {
        this.work = work;
        this.name = name;
        this.coordinator = coordinator;
    }

    /// `Master NAME DIRECTORY`; SIGTERM has it finish the checkpoint at hand.
    public static void main(String[] args) throws Exception {
        StaddleClient client =
                StaddleClient.builder().endpoints(System.getenv("STADDLE_ENDPOINTS")).build();
        Coordination self =
                new Coordination(
                        Stream.SCOPE, new NodeId(args[0]), System.currentTimeMillis(), LEASE);
        try (BarrierCoordinator coordinator = BarrierCoordinator.acquire(client, self)) {
            Master master = new Master(Path.of(args[1]), args[0], coordinator);
            Thread main = Thread.currentThread();
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().unstarted(() -> master.stop(main)));
            master.run();
        } catch (StaddleRefusedException another) {
            IO.println("fenced: " + another.why());
        }
    }

    /// A machine that has other things to do stops a process for longer than one that has not.
    private static long patience() {
        return Long.parseLong(System.getenv().getOrDefault("STORY_PATIENCE", "1"));
    }

    private void stop(Thread main) {
        stopping = true;
        try {
            main.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws IOException, InterruptedException {
        IO.println("coordinates with token " + coordinator.token());
        coordinator.inDoubt().ifPresent(open -> decide(open.barrier()));
        for (int number = 1; !stopping; number++) {
            Map<NodeId, Long> lives = lives();
            if (lives.size() == Stream.WORKERS.size()) {
                checkpoint(new CheckpointId(name + "-" + number), lives);
            }
            Thread.sleep(PERIOD_MILLIS);
        }
    }

    /// All are prepared, and stay so: what another one began can be finished. Else it is undone.
    private void decide(BarrierRecord open) {
        BarrierRecord now =
                open.status() == BarrierStatus.READY
                        ? coordinator.commit(open.id())
                        : coordinator.abort(open.id(), "its coordinator died");
        IO.println("found " + open.id() + " " + open.status() + ", now " + now.status());
    }

    private void checkpoint(CheckpointId checkpoint, Map<NodeId, Long> lives)
            throws IOException, InterruptedException {
        BarrierRecord barrier = coordinator.begin(checkpoint, lives, TIMEOUT);
        BarrierOutcome outcome = coordinator.await(barrier.id());
        if (outcome instanceof BarrierOutcome.Reached) {
            hold(barrier.id());
            IO.println(barrier.id() + " " + coordinator.commit(barrier.id()).status());
        } else {
            IO.println(barrier.id() + " " + outcome.getClass().getSimpleName());
        }
    }

    private void hold(BarrierId barrier) throws InterruptedException {
        while (Files.exists(work.resolve("hold-" + name))) {
            Checkpoints.write(
                    work.resolve("held-" + name), List.of(Long.toString(barrier.epoch())));
            Thread.sleep(50);
        }
    }

    private Map<NodeId, Long> lives() throws IOException {
        Map<NodeId, Long> lives = new HashMap<>();
        for (NodeId worker : Stream.WORKERS) {
            Path life = work.resolve(worker + ".life");
            if (Files.exists(life)) {
                lives.put(worker, Long.valueOf(Files.readString(life).strip()));
            }
        }
        return lives;
    }
}
