package io.staddle.it.kit;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.DigestRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.client.Endpoint;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Plain gRPC to one server: nothing is repeated, and nobody else is asked.
public final class ServerApi implements AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final ManagedChannel channel;

    ServerApi(Endpoint endpoint) {
        channel =
                Grpc.newChannelBuilder(
                                endpoint.host() + ":" + endpoint.port(),
                                InsecureChannelCredentials.create())
                        .maxInboundMessageSize(64 << 20)
                        .build();
    }

    /// Who owns what.
    public DirectoryGrpc.DirectoryBlockingStub directory(Duration deadline) {
        return within(deadline, DirectoryGrpc.newBlockingStub(channel));
    }

    /// Many commands in one call.
    public BatchGrpc.BatchBlockingStub batch(Duration deadline) {
        return within(deadline, BatchGrpc.newBlockingStub(channel));
    }

    /// Many commands in one call, without waiting.
    public BatchGrpc.BatchFutureStub batchLater(Duration deadline) {
        return within(deadline, BatchGrpc.newFutureStub(channel));
    }

    /// The clusters.
    public ClustersGrpc.ClustersBlockingStub clusters(Duration deadline) {
        return within(deadline, ClustersGrpc.newBlockingStub(channel));
    }

    /// Opens a stream of beats, which lasts as long as it lasts.
    public StreamObserver<BeatRequest> keepBeating(StreamObserver<BeatAnswer> answers) {
        return ClustersGrpc.newStub(channel).keepBeating(answers);
    }

    /// History.
    public EventsGrpc.EventsBlockingStub events(Duration deadline) {
        return within(deadline, EventsGrpc.newBlockingStub(channel));
    }

    /// The server itself.
    public ServersGrpc.ServersBlockingStub servers(Duration deadline) {
        return within(deadline, ServersGrpc.newBlockingStub(channel));
    }

    /// Returns what the server says of itself; empty if it says nothing within 2 s.
    public Optional<ServerDescription> describe() {
        try {
            return Optional.of(servers(SHORT).describe(DescribeServerRequest.getDefaultInstance()));
        } catch (StatusRuntimeException silent) {
            return Optional.empty();
        }
    }

    /// Returns the digest of its state; empty if it says nothing within 2 s.
    public Optional<DigestAnswer> digest() {
        try {
            return Optional.of(servers(SHORT).digest(DigestRequest.getDefaultInstance()));
        } catch (StatusRuntimeException silent) {
            return Optional.empty();
        }
    }

    /// Has the server compute its digest again from all rows.
    public DigestAnswer verify() {
        return servers(Duration.ofSeconds(30))
                .digest(DigestRequest.newBuilder().setVerify(true).build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /// A server that came back is found at once, not when gRPC would try again.
    private <T extends AbstractStub<T>> T within(Duration deadline, T stub) {
        channel.resetConnectBackoff();
        return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
}
