package io.staddle.dataplane.ratis;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;

import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.exceptions.AlreadyExistsException;
import org.apache.ratis.protocol.exceptions.GroupMismatchException;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// The replicas of groups on one node: each a division of its Ratis server, with a thread that
/// keeps the members of its group.
final class Replicas implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    private final Function<GroupId, ShardStore> stores;
    private final Peers peers;
    private final NodeId self;
    private final Runnable beforeChange;
    private final RaftProperties properties;
    private final RaftServer server;
    private final ClientId clientId = ClientId.randomId();
    private final AtomicLong callIds = new AtomicLong();
    private final Map<GroupId, GroupMachine> machines = new ConcurrentHashMap<>();
    private final Map<GroupId, Thread> keepers = new ConcurrentHashMap<>();
    private final Map<GroupId, GroupCalls> calls = new ConcurrentHashMap<>();

    // Guarded by this. How many decide about a group just now.
    private final Map<GroupId, Integer> needed = new HashMap<>();

    private Replicas(RatisNode node, Function<GroupId, ShardStore> stores, Runnable beforeChange)
            throws IOException {
        this.stores = stores;
        this.self = node.node();
        this.beforeChange = beforeChange;
        peers = new Peers(node.deployment(), node.addresses());
        properties = RatisSettings.of(node);
        server =
                RaftServer.newBuilder()
                        .setServerId(Peers.id(self))
                        .setProperties(properties)
                        .setStateMachineRegistry(raftGroup -> machine(Peers.group(raftGroup)))
                        .build();
    }

    /// Starts the server with the replicas that are in its directory.
    static Replicas start(
            RatisNode node, Function<GroupId, ShardStore> stores, Runnable beforeChange)
            throws IOException {
        Replicas replicas = new Replicas(node, stores, beforeChange);
        replicas.server.start();
        replicas.machines.keySet().forEach(replicas::keep);
        return replicas;
    }

    NodeId self() {
        return self;
    }

    GroupCalls calls(GroupId group) {
        return calls.computeIfAbsent(
                group, each -> new GroupCalls(server, each, peers, properties));
    }

    Optional<GroupMachine> replica(GroupId group) {
        return Optional.ofNullable(machines.get(group));
    }

    /// Adds the replica of a new group, unless it is there.
    synchronized void add(GroupId group, Collection<NodeId> voters) throws IOException {
        add(group, voters.stream().map(each -> peers.peer(each, RaftPeerRole.FOLLOWER)).toList());
    }

    /// Decides something while there is a replica, which is an empty one if there was none. It is
    /// not let go of meanwhile.
    ///
    /// The leader of a group must not hear of a member before that has its replica: Ratis 3.3.0
    /// does not survive a snapshot that comes while a replica starts. The start fails, and the lock
    /// of its directory is held for as long as the process lives.
    <T> T withReplica(GroupId group, Supplier<T> decision) throws IOException {
        synchronized (this) {
            add(group, List.of(peers.peer(self, RaftPeerRole.LISTENER)));
            needed.merge(group, 1, Integer::sum);
        }
        try {
            return decision.get();
        } finally {
            synchronized (this) {
                needed.computeIfPresent(group, (id, times) -> times == 1 ? null : times - 1);
            }
        }
    }

    private void add(GroupId group, List<RaftPeer> members) throws IOException {
        if (keepers.containsKey(group)) {
            return;
        }
        try {
            RaftClientReply reply =
                    server.groupManagement(
                            GroupManagementRequest.newAdd(
                                    clientId,
                                    server.getId(),
                                    callIds.incrementAndGet(),
                                    RaftGroup.valueOf(peers.group(group), members),
                                    false));
            if (!reply.isSuccess()) {
                throw new IOException("no replica of " + group + " was made", reply.getException());
            }
        } catch (AlreadyExistsException there) {
            // it was in the directory
        }
        keep(group);
    }

    /// Removes a replica and its data, if that is right at a moment at which nobody needs it.
    synchronized void removeIf(GroupId group, BooleanSupplier isRight) throws IOException {
        if (keepers.containsKey(group) && !needed.containsKey(group) && isRight.getAsBoolean()) {
            remove(group);
        }
    }

    /// Removes a replica and its data.
    synchronized void remove(GroupId group) throws IOException {
        Thread keeper = keepers.remove(group);
        if (keeper == null) {
            return;
        }
        keeper.interrupt();
        machines.remove(group);
        try {
            server.groupManagement(
                    GroupManagementRequest.newRemove(
                            clientId,
                            server.getId(),
                            callIds.incrementAndGet(),
                            peers.group(group),
                            true,
                            false));
        } catch (GroupMismatchException gone) {
            // Ratis has ended it by itself
        }
    }

    /// A node that was dead when it was taken out finds that out here: nobody tells it.
    private void forgetIfLeft(GroupId group) {
        try {
            if (hasLeft(group)) {
                LOG.info("{}: {} was taken out, and lets go of its replica", group, self);
                removeIf(group, () -> hasLeft(group));
            }
        } catch (IOException e) {
            LOG.info("{}: {} could not let go of its replica, and tries again", group, self, e);
        }
    }

    private boolean hasLeft(GroupId group) {
        try {
            return calls(group).look(Attempt.none(self)).isNoMember();
        } catch (IOException nobodyLeads) {
            return false;
        }
    }

    private GroupMachine machine(GroupId group) {
        GroupMachine machine = new GroupMachine(stores.apply(group));
        machines.put(group, machine);
        return machine;
    }

    private void keep(GroupId group) {
        GroupMachine machine = machines.get(group);
        if (machine != null) {
            MembershipKeeper keeper =
                    new MembershipKeeper(
                            machine,
                            calls(group),
                            peers,
                            new MembershipKeeper.Hooks(
                                    beforeChange,
                                    () -> Thread.ofVirtual().start(() -> forgetIfLeft(group))));
            keepers.put(
                    group,
                    Thread.ofVirtual().name("members-" + self + "-" + group).start(keeper::run));
        }
    }

    @Override
    public void close() throws IOException {
        keepers.values().forEach(Thread::interrupt);
        calls.values().forEach(GroupCalls::close);
        server.close();
    }
}
