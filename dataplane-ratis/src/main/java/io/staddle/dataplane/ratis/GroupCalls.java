package io.staddle.dataplane.ratis;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;

import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Calls to whoever leads a group: within the process if that is this server, else over the
/// network; also from a node that is not in the group.
final class GroupCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCalls.class);
    private static final int ATTEMPTS = 30;
    private static final long BETWEEN_MILLIS = 100;
    private static final long REPLY_SECONDS = 5;
    private static final long STEP_DOWN_MILLIS = 1_000;

    private final RaftServer server;
    private final GroupId group;
    private final Peers peers;
    private final RaftProperties properties;
    private final ClientId clientId = ClientId.randomId();
    private final AtomicLong callIds = new AtomicLong();
    private final StuckTransfer stuckTransfer = new StuckTransfer(System::nanoTime);
    private final WriteQueue writes = new WriteQueue(this::send);

    // Guarded by this.
    private @Nullable RaftClient remote;
    private int seed;

    /// One call over the network.
    private interface Remote {
        CompletableFuture<RaftClientReply> call(RaftClient client);
    }

    GroupCalls(RaftServer server, GroupId group, Peers peers, RaftProperties properties) {
        this.server = server;
        this.group = group;
        this.peers = peers;
        this.properties = properties;
    }

    GroupId group() {
        return group;
    }

    RaftGroupId raftGroup() {
        return peers.group(group);
    }

    RaftServer server() {
        return server;
    }

    ClientId clientId() {
        return clientId;
    }

    long nextCall() {
        return callIds.incrementAndGet();
    }

    /// Returns the replica of this server.
    ///
    /// @throws IOException if it has none
    RaftServer.Division division() throws IOException {
        return server.getDivision(raftGroup());
    }

    /// Has a command applied, wherever the leader is.
    ///
    /// @throws IOException if nobody knows whether it was, or will be
    GroupAnswer send(GroupCommand command) throws IOException {
        try {
            return submit(GroupCodec.encode(command));
        } catch (IOException failure) {
            return RefusedWriteException.answerIn(failure).orElseThrow(() -> failure);
        }
    }

    /// Has a write applied, together with others that wait.
    ///
    /// @throws IOException if nobody knows whether it was, or will be
    GroupAnswer write(GroupCommand.Write write) throws IOException {
        return writes.write(write);
    }

    private GroupAnswer submit(ByteString bytes) throws IOException {
        if (leadsHere()) {
            RaftClientReply reply = writeHere(bytes);
            if (reply.isSuccess()) {
                return GroupCodec.decodeAnswer(reply.getMessage().getContent());
            }
            if (reply.getNotLeaderException() == null) {
                throw failure(reply);
            }
        }
        RaftClientReply reply = remotely(client -> write(client, Message.valueOf(bytes)));
        return GroupCodec.decodeAnswer(reply.getMessage().getContent());
    }

    /// Has a command applied if this server leads.
    ///
    /// @throws IOException if it does not, or if nobody knows
    void sendHere(GroupCommand command) throws IOException {
        RaftClientReply reply = writeHere(GroupCodec.encode(command));
        if (!reply.isSuccess()) {
            throw failure(reply);
        }
    }

    /// Asks the leader how things stand with an attempt.
    ///
    /// @throws IOException if there is no answer
    Sighting look(Attempt attempt) throws IOException {
        ByteString bytes = GroupCodec.encode(attempt);
        if (leadsHere()) {
            RaftClientReply reply = here(bytes, RaftClientRequest.readRequestType());
            if (reply.isSuccess()) {
                return Sighting.decode(reply.getMessage().getContent());
            }
        }
        return Sighting.decode(
                remotely(client -> client.async().sendReadOnlyUnordered(Message.valueOf(bytes)))
                        .getMessage()
                        .getContent());
    }

    private boolean leadsHere() {
        try {
            return division().getInfo().isLeader();
        } catch (IOException noReplica) {
            return false;
        }
    }

    private RaftClientReply writeHere(ByteString bytes) throws IOException {
        RaftClientReply reply = here(bytes, RaftClientRequest.writeRequestType());
        if (reply.isSuccess()) {
            stuckTransfer.taken();
        } else if (reply.getException() instanceof LeaderSteppingDownException
                && stuckTransfer.refused()) {
            LOG.warn("{}: its leader takes nothing, as a transfer failed: it steps down", group);
            server.transferLeadership(
                    new TransferLeadershipRequest(
                            clientId,
                            server.getId(),
                            raftGroup(),
                            nextCall(),
                            null,
                            STEP_DOWN_MILLIS));
        }
        return reply;
    }

    private RaftClientReply here(ByteString bytes, RaftClientRequest.Type type) throws IOException {
        RaftClientRequest request =
                RaftClientRequest.newBuilder()
                        .setClientId(clientId)
                        .setServerId(server.getId())
                        .setGroupId(raftGroup())
                        .setCallId(nextCall())
                        .setMessage(Message.valueOf(bytes))
                        .setType(type)
                        .build();
        try {
            return server.submitClientRequestAsync(request).get(REPLY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + group, stop);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(group + " did not answer: " + e, e);
        }
    }

    private RaftClientReply remotely(Remote call) throws IOException {
        RaftClient client = client();
        try {
            RaftClientReply reply = call.call(client).get(REPLY_SECONDS, TimeUnit.SECONDS);
            if (reply.isSuccess()) {
                return reply;
            }
            drop(client);
            throw failure(reply);
        } catch (ExecutionException refused) {
            // Who refuses does answer.
            if (RefusedWriteException.answerIn(refused).isEmpty()) {
                drop(client);
            }
            throw new IOException(group + " did not answer: " + refused.getCause(), refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + group, stop);
        } catch (TimeoutException | RuntimeException e) {
            drop(client);
            throw new IOException(group + " did not answer: " + e, e);
        }
    }

    /// Not by the ordered stream that a client of Ratis has: when the leader changes it may wait
    /// for an answer that never comes. Calls of different threads need no order.
    private static CompletableFuture<RaftClientReply> write(RaftClient client, Message message) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return client.io().send(message);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private IOException failure(RaftClientReply reply) {
        return new IOException(group + " failed", reply.getException());
    }

    private synchronized RaftClient client() {
        RaftClient known = remote;
        if (known != null) {
            return known;
        }
        RaftClient made =
                RaftClient.newBuilder()
                        .setClientId(ClientId.randomId())
                        .setProperties(properties)
                        .setRaftGroup(RaftGroup.valueOf(raftGroup(), candidates()))
                        .setRetryPolicy(
                                RetryPolicies.retryUpToMaximumCountWithFixedSleep(
                                        ATTEMPTS,
                                        TimeDuration.valueOf(
                                                BETWEEN_MILLIS, TimeUnit.MILLISECONDS)))
                        .build();
        remote = made;
        return made;
    }

    /// Returns the voters that this replica knows of; without one, the next node in turn, which
    /// tells who leads if it is in the group.
    private Collection<RaftPeer> candidates() {
        try {
            Collection<RaftPeer> voters =
                    division().getRaftConf().getAllPeers(RaftPeerRole.FOLLOWER);
            if (!voters.isEmpty()) {
                return voters;
            }
        } catch (IOException noReplica) {
            // then any node may know
        }
        List<NodeId> others =
                peers.all().stream()
                        .filter(node -> !Peers.id(node).equals(server.getId()))
                        .sorted()
                        .toList();
        NodeId next = others.get(seed++ % others.size());
        return List.of(peers.peer(next, RaftPeerRole.FOLLOWER));
    }

    private synchronized void drop(RaftClient client) {
        if (client.equals(remote)) {
            remote = null;
            closeQuietly(client);
        }
    }

    @Override
    public synchronized void close() {
        if (remote != null) {
            closeQuietly(remote);
            remote = null;
        }
    }

    private static void closeQuietly(RaftClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // nothing is left to do with it
        }
    }
}
