package io.staddle.it.kit;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.NodeAddress;
import io.staddle.client.StaddleClient;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.MigrationAgent;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;
import io.staddle.dataplane.ratis.Configuration;
import io.staddle.dataplane.ratis.RatisDataPlane;
import io.staddle.dataplane.ratis.RatisNode;
import io.staddle.dataplane.ratis.ShardStore;
import io.staddle.dataplane.ratis.WriteOutcome;

import org.awaitility.Awaitility;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Four data nodes with Ratis and an agent each, in this process. Something can be made to happen
/// before or after a call that an agent makes.
public final class RatisNodes implements AutoCloseable {
    /// The nodes; the groups are on the first three.
    public static final List<NodeId> NAMES =
            List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"), new NodeId("n4"));

    private static final Logger LOG = System.getLogger(RatisNodes.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StaddleClient client;
    private final Path directory;
    private final Map<NodeId, NodeAddress> addresses = new TreeMap<>();
    private final Map<NodeId, RatisDataPlane> planes = new ConcurrentHashMap<>();
    private final Map<NodeId, MigrationAgent> agents = new ConcurrentHashMap<>();
    private final AtomicLong incarnations = new AtomicLong();
    private final Object trapLock = new Object();
    private Optional<Trap> trap = Optional.empty();

    /// Done when what the last trap that was sprung does has ended.
    private CompletableFuture<Boolean> struck = CompletableFuture.completedFuture(true);

    /// What is to happen once.
    ///
    /// @param moment when; a late call for another group is not meant
    /// @param zombie whether the call goes on though its agent was ended meanwhile
    private record Trap(HookedPlane.Moment moment, boolean zombie, Consumer<NodeId> action) {}

    /// Starts all of them.
    public RatisNodes(StaddleClient client, Path directory) {
        this.client = client;
        this.directory = directory;
        NAMES.forEach(node -> addresses.put(node, new NodeAddress("127.0.0.1", Ports.free())));
        NAMES.forEach(this::start);
    }

    /// Makes a group, and lets a node serve a vShard of it in the first epoch.
    public void host(GroupId group, VShardId vShard, Serving first) {
        List<NodeId> voters = NAMES.subList(0, 3);
        voters.forEach(node -> plane(node).host(group, voters));
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    plane(first.holder()).serve(group, vShard, first);
                    return true;
                });
    }

    /// Has something happen, once, to the first node whose agent makes a call for a group: before
    /// the call, or when it was made and before the agent has its answer. The call waits for that;
    /// if its agent is ended meanwhile, it ends, too.
    public void trap(PlaneCall call, GroupId group, boolean made, Consumer<NodeId> action) {
        set(new Trap(new HookedPlane.Moment(call, group, made), false, action));
    }

    /// Holds up the first such call until something has happened. Then the call goes on, even if
    /// its agent was ended.
    public void holdUp(PlaneCall call, GroupId group, boolean made, Consumer<NodeId> action) {
        set(new Trap(new HookedPlane.Moment(call, group, made), true, action));
    }

    /// Forgets what was to happen. Returns whether it has; what has begun has ended then, so that
    /// it does not happen to the next move.
    public boolean sprung() {
        boolean sprung;
        CompletableFuture<Boolean> strike;
        synchronized (trapLock) {
            sprung = trap.isEmpty();
            trap = Optional.empty();
            strike = struck;
        }
        strike.join();
        return sprung;
    }

    /// Starts a node, in another life.
    public void start(NodeId node) {
        try {
            planes.put(
                    node,
                    RatisDataPlane.start(
                            new RatisNode(
                                    "it",
                                    node,
                                    directory.resolve(node.value()),
                                    () -> addresses,
                                    Duration.ofMillis(300)),
                            group -> new Nothing()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startAgent(node);
    }

    /// Starts a node, in another life, if it does not run.
    public void revive(NodeId node) {
        if (!planes.containsKey(node)) {
            start(node);
        }
    }

    /// Ends a node with its agent.
    public void stop(NodeId node) {
        stopAgent(node);
        Optional.ofNullable(planes.remove(node)).ifPresent(RatisDataPlane::close);
    }

    /// Starts an agent beside a node, in another life. One that there is goes on: it is a zombie.
    public void startAgent(NodeId node) {
        MigrationDataPlane hooked = new HookedPlane(plane(node), moment -> spring(node, moment));
        agents.put(
                node,
                MigrationAgent.of(client, node, new NodeAddress("127.0.0.1", 1), hooked)
                        .incarnation(incarnations.incrementAndGet())
                        .beatEvery(Duration.ofMillis(200))
                        .lookEvery(Duration.ofMillis(500))
                        .start());
    }

    /// Ends the agent of a node, and no more.
    public void stopAgent(NodeId node) {
        Optional.ofNullable(agents.remove(node)).ifPresent(MigrationAgent::close);
    }

    /// Returns the life of a node that is on; 0 if none is.
    public long incarnation(NodeId node) {
        return Optional.ofNullable(agents.get(node)).map(MigrationAgent::incarnation).orElse(0L);
    }

    /// Calls the data plane of a node as an agent would that has been held up for long.
    public Effect addLearnerLate(NodeId node, Move move) {
        return plane(node).addLearner(move);
    }

    /// Removes all replicas of a group.
    public void forget(GroupId group) {
        planes.values().forEach(plane -> plane.forget(group));
    }

    /// Tells whether a write takes effect.
    public boolean writes(GroupId group, VShardId vShard, Serving as) {
        return plane(as.holder()).write(group, vShard, as, ByteBuffer.allocate(0))
                instanceof WriteOutcome.Written;
    }

    /// Returns who is in a group, as a node knows.
    public Optional<Configuration> members(GroupId group, NodeId at) {
        return plane(at).members(group);
    }

    private RatisDataPlane plane(NodeId node) {
        return Optional.ofNullable(planes.get(node))
                .orElseThrow(() -> new IllegalStateException(node + " does not run"));
    }

    private void spring(NodeId node, HookedPlane.Moment moment) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Optional<Trap> taken = take(moment, done);
        taken.ifPresent(sprung -> strike(sprung, node, done));
    }

    /// Takes the trap if it is for this call. [#sprung] waits for `done` from then on.
    private Optional<Trap> take(HookedPlane.Moment moment, CompletableFuture<Boolean> done) {
        synchronized (trapLock) {
            Optional<Trap> taken = trap.filter(each -> each.moment().equals(moment));
            if (taken.isPresent()) {
                trap = Optional.empty();
                struck = done;
            }
            return taken;
        }
    }

    private void set(Trap next) {
        synchronized (trapLock) {
            trap = Optional.of(next);
        }
    }

    private static void strike(Trap sprung, NodeId node, CompletableFuture<Boolean> done) {
        // Not in the common pool: it may have one thread, and Ratis needs it.
        Thread.ofVirtual()
                .start(() ->
                        done.completeAsync(
                                () -> {
                                    sprung.action().accept(node);
                                    return true;
                                },
                                Runnable::run));
        if (sprung.zombie()) {
            done.join();
            // Else the call would notice that it was interrupted.
            boolean ended = Thread.interrupted();
            LOG.log(Level.DEBUG, "{0} of {1} goes on, ended: {2}", sprung.moment(), node, ended);
        } else {
            await(done);
        }
    }

    private static void await(CompletableFuture<Boolean> done) {
        try {
            done.get();
        } catch (InterruptedException ended) {
            throw new IllegalStateException("the agent was ended in this call", ended);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        NAMES.forEach(this::stop);
    }

    /// Data that nobody reads.
    private static final class Nothing implements ShardStore {
        @Override
        public ByteBuffer apply(VShardId vShard, ByteBuffer payload) {
            return ByteBuffer.allocate(0);
        }

        @Override
        public void save(DataOutputStream out) {}

        @Override
        public void load(DataInputStream in) {}
    }
}
