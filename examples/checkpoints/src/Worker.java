import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Vote;
import io.staddle.api.query.ScopeState;
import io.staddle.client.ClusterAgent;
import io.staddle.client.ClusterAgentListener;
import io.staddle.client.FencedBecause;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.Standing;
import io.staddle.client.barrier.BarrierHandler;
import io.staddle.client.barrier.BarrierParticipant;
import io.staddle.client.barrier.Membership;
import io.staddle.client.cache.CachedOwner;
import io.staddle.client.cache.NearCache;
import io.staddle.client.cache.NearCacheOptions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// One of three processes of the job: reads its source, sends each record to whoever owns the
/// partition of its key, counts what is sent to it, and takes part in checkpoints.
///
/// It begins with the newest checkpoint that was committed, and goes on until it is killed.
final class Worker implements BarrierHandler {
    private static final int RECORDS_A_ROUND = 4;
    private static final long ROUND_MILLIS = 10;
    private static final Duration ALIGNMENT = Duration.ofSeconds(5);

    private final StaddleClient client;
    private final int index;
    private final NodeId self;
    private final Path work;
    private final Checkpoints checkpoints;
    private final CompletableFuture<Counter> counter = new CompletableFuture<>();
    private final AtomicLong wanted = new AtomicLong();
    private volatile Cut cut = new Cut(0, 0);

    /// Where the source stood when it sent the marks of an epoch.
    private record Cut(long epoch, long source) {}

    private Worker(StaddleClient client, int number, Path work) {
        this.client = client;
        index = number - 1;
        self = Stream.WORKERS.get(index);
        this.work = work;
        checkpoints = new Checkpoints(work);
    }

    /// `Worker NUMBER DIRECTORY`
    public static void main(String[] args) throws Exception {
        StaddleClient client =
                StaddleClient.builder().endpoints(System.getenv("STADDLE_ENDPOINTS")).build();
        new Worker(client, Integer.parseInt(args[0]), Path.of(args[1])).run();
    }

    private void run() throws IOException, InterruptedException {
        own();
        long life = System.currentTimeMillis();
        BarrierParticipant.start(
                client,
                new Membership(Stream.SCOPE, self, life, checkpoints.toldEpoch(self)),
                this);
        Snapshot begin = restore();
        counter.complete(new Counter(begin.counts(), Stream.WORKERS.size()));
        Channels channels = new Channels(work, index, counter.join());
        Checkpoints.write(work.resolve(self + ".life"), List.of(Long.toString(life)));
        NearCache owners = NearCache.open(client, NearCacheOptions.DEFAULT);
        send(channels, owners, begin.source());
    }

    /// Has every third partition for the first time; what was given to another one is refused.
    private void own() throws InterruptedException {
        ClusterAgent agent = client.agent(new ClusterId(self.value())).start(new Quiet());
        while (agent.standing() == Standing.FENCED) {
            Thread.sleep(10);
        }
        for (int i = index; i < Stream.PARTITIONS; i += Stream.WORKERS.size()) {
            agent.acquire(Stream.partitions().get(i));
        }
    }

    /// Who owns a grain is all that this job asks of its agents.
    private static final class Quiet implements ClusterAgentListener {
        @Override
        public void healthy(Fence fence) {}

        @Override
        public void fenced(FencedBecause why) {
            Channels.die("fenced: " + why);
        }
    }

    /// Waits until no barrier of before can be committed any more (the participant has said that it
    /// is another life), and reads the newest one that was.
    private Snapshot restore() throws IOException, InterruptedException {
        Optional<ScopeState> state = client.barriers().scope(Stream.SCOPE).value();
        while (state.flatMap(ScopeState::open).isPresent()) {
            Thread.sleep(20);
            state = client.barriers().scope(Stream.SCOPE).value();
        }
        Optional<CommittedBarrier> newest = state.flatMap(each -> each.scope().committed());
        long epoch = newest.map(CommittedBarrier::epoch).orElse(0L);
        IO.println("begins with checkpoint " + epoch);
        if (epoch == 0) {
            return new Snapshot(0, Map.of());
        }
        Map<Integer, Long> counts = new HashMap<>();
        for (NodeId worker : Stream.WORKERS) {
            counts.putAll(checkpoints.committed(epoch, worker).counts());
        }
        Map<GrainId, Boolean> mine = new HashMap<>();
        counts.keySet()
                .removeIf(key -> !mine.computeIfAbsent(Stream.partitionOf(key), this::isMine));
        return new Snapshot(checkpoints.committed(epoch, self).source(), counts);
    }

    private boolean isMine(GrainId partition) {
        return client.grains()
                .lookup(partition)
                .owner()
                .equals(Optional.of(new ClusterId(self.value())));
    }

    private void send(Channels channels, NearCache owners, long from)
            throws IOException, InterruptedException {
        long next = from;
        while (true) {
            long epoch = wanted.get();
            if (epoch > cut.epoch()) {
                channels.mark(epoch);
                cut = new Cut(epoch, next);
            }
            for (int i = 0; i < RECORDS_A_ROUND; i++) {
                int key = Stream.key(index, next++);
                channels.record(owner(owners, Stream.partitionOf(key)), key);
            }
            try {
                channels.flush();
            } catch (IOException broken) {
                Channels.die("a channel broke: " + broken);
            }
            Thread.sleep(ROUND_MILLIS);
        }
    }

    /// From memory; while nobody knows, records wait.
    private static int owner(NearCache owners, GrainId partition) throws InterruptedException {
        while (true) {
            try {
                CachedOwner found = owners.lookup(partition);
                if (found.owner().isPresent()) {
                    return Stream.WORKERS.indexOf(new NodeId(found.owner().get().value()));
                }
            } catch (StaddleException nobodyThere) {
                IO.println("asks again: " + nobodyThere.getMessage());
            }
            Thread.sleep(20);
        }
    }

    /// The source sends marks, the marks meet at the counter, and what it had counted then is
    /// written down.
    @Override
    public Vote prepare(BarrierRecord barrier) {
        long epoch = barrier.id().epoch();
        wanted.set(epoch);
        try {
            Optional<Map<Integer, Long>> counts = counter.join().await(epoch, ALIGNMENT);
            if (counts.isEmpty()) {
                return new Vote.Failed("NOT_ALIGNED", "marks are missing after " + ALIGNMENT);
            }
            while (cut.epoch() < epoch) {
                Thread.onSpinWait();
            }
            checkpoints.prepare(epoch, self, new Snapshot(cut.source(), counts.get()));
            return new Vote.Prepared(OptionalLong.of(cut.source()));
        } catch (InterruptedException stop) {
            return new Vote.Failed("STOPPED", "the worker stops");
        }
    }

    @Override
    public void committed(BarrierRecord barrier) {
        checkpoints.publish(barrier.id().epoch(), self);
    }

    @Override
    public void aborted(BarrierRecord barrier) {
        counter.thenAccept(each -> each.giveUp(barrier.id().epoch()));
        checkpoints.discard(barrier.id().epoch(), self);
    }
}
