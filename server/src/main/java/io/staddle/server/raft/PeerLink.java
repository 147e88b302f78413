package io.staddle.server.raft;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.client.grpc.GrpcClients;

import io.staddle.api.peer.v1.DigestAtRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.ReadIndexRequest;
import io.staddle.api.peer.v1.TermRequest;
import io.staddle.server.config.HostPort;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Calls one other server, on its API port.
final class PeerLink {
    private final PeersGrpc.PeersFutureStub stub;
    private final String deployment;
    private final TermRequest term;
    private final ReadIndexRequest readIndex;

    PeerLink(HostPort api, String deployment, Duration patience) {
        this.stub =
                GrpcClients.builder("gproto+http://" + api)
                        .responseTimeout(patience)
                        .build(PeersGrpc.PeersFutureStub.class);
        this.deployment = deployment;
        this.term = TermRequest.newBuilder().setDeployment(deployment).build();
        this.readIndex = ReadIndexRequest.newBuilder().setDeployment(deployment).build();
    }

    CompletableFuture<Long> term() {
        return future(stub.term(term), answer -> answer.getTerm());
    }

    CompletableFuture<Long> readIndex() {
        return future(stub.readIndex(readIndex), answer -> answer.getIndex());
    }

    /// Asks for the digest at or before an entry.
    CompletableFuture<Optional<DigestMark>> digestAt(long index) {
        DigestAtRequest request =
                DigestAtRequest.newBuilder().setDeployment(deployment).setIndex(index).build();
        return future(
                stub.digestAt(request),
                answer ->
                        Optional.of(new DigestMark(answer.getIndex(), answer.getDigest()))
                                .filter(mark -> !mark.digest().isEmpty()));
    }

    private static <T, R> CompletableFuture<R> future(
            ListenableFuture<T> call, Function<T, R> result) {
        CompletableFuture<R> future = new CompletableFuture<>();
        Futures.addCallback(
                call,
                new FutureCallback<T>() {
                    @Override
                    public void onSuccess(T answer) {
                        future.complete(result.apply(answer));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        future.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return future;
    }
}
