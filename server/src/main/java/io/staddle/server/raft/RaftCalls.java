package io.staddle.server.raft;

import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// Calls of this server to its own Ratis. Every future ends normally: with nothing, or with what
/// went wrong in words.
final class RaftCalls {
    private static final Logger LOG = LoggerFactory.getLogger(RaftCalls.class);
    private static final long SNAPSHOT_MILLIS = 60_000;
    private static final Duration STEP_DOWN = Duration.ofSeconds(1);

    private final RaftServer server;
    private final RaftGroupId group;
    private final ClientId clientId = ClientId.randomId();
    private final AtomicLong callIds = new AtomicLong();
    private final StuckTransfer stuckTransfer = new StuckTransfer(System::nanoTime);

    RaftCalls(RaftServer server, RaftGroupId group) {
        this.server = server;
        this.group = group;
    }

    long nextId() {
        return callIds.incrementAndGet();
    }

    CompletableFuture<Optional<String>> write(long callId, byte[] entry) {
        Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(entry));
        RaftClientRequest request =
                RaftClientRequest.newBuilder()
                        .setClientId(clientId)
                        .setServerId(server.getId())
                        .setGroupId(group)
                        .setCallId(callId)
                        .setMessage(message)
                        .setType(RaftClientRequest.writeRequestType())
                        .build();
        return told(() -> server.submitClientRequestAsync(request).whenComplete(this::look));
    }

    /// @param to null to follow, and let the others elect
    CompletableFuture<Optional<String>> transfer(@Nullable RaftPeerId to, Duration timeout) {
        TransferLeadershipRequest request =
                new TransferLeadershipRequest(
                        clientId, server.getId(), group, nextId(), to, timeout.toMillis());
        stuckTransfer.begins(timeout);
        return told(() -> server.transferLeadershipAsync(request))
                .whenComplete((_, _) -> stuckTransfer.ended());
    }

    CompletableFuture<Optional<String>> configure(SetConfigurationRequest.Arguments arguments) {
        SetConfigurationRequest request =
                new SetConfigurationRequest(clientId, server.getId(), group, nextId(), arguments);
        return told(() -> server.setConfigurationAsync(request));
    }

    CompletableFuture<Optional<String>> snapshot() {
        SnapshotManagementRequest request =
                SnapshotManagementRequest.newCreate(
                        clientId, server.getId(), group, nextId(), SNAPSHOT_MILLIS);
        return told(() -> server.snapshotManagementAsync(request));
    }

    private void look(@Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (reply == null) {
            return;
        }
        if (reply.isSuccess()) {
            stuckTransfer.taken();
        } else if (reply.getException() instanceof LeaderSteppingDownException
                && stuckTransfer.refused()) {
            LOG.warn("this server leads and takes nothing, as a transfer failed: it steps down");
            var _ = transfer(null, STEP_DOWN);
        }
    }

    private static CompletableFuture<Optional<String>> told(Call call) {
        try {
            return call.start().handle(RaftCalls::failure);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(Optional.of(e.toString()));
        }
    }

    private static Optional<String> failure(
            @Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (failure != null) {
            return Optional.of(failure.toString());
        }
        if (reply == null) {
            return Optional.of("no reply");
        }
        return reply.isSuccess()
                ? Optional.empty()
                : Optional.of(String.valueOf(reply.getException()));
    }

    /// One call to Ratis.
    private interface Call {
        CompletableFuture<RaftClientReply> start() throws IOException;
    }
}
