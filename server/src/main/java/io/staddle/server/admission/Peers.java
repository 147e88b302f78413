package io.staddle.server.admission;

import com.linecorp.armeria.client.grpc.GrpcClients;

import io.grpc.stub.StreamObserver;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.server.config.HostPort;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Clients of the other servers' API.
final class Peers {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Peers() {}

    static CompletableFuture<GreetAnswer> greet(HostPort api, GreetRequest request) {
        CompletableFuture<GreetAnswer> answer = new CompletableFuture<>();
        client(api, PeersGrpc.PeersStub.class)
                .greet(
                        request,
                        new StreamObserver<>() {
                            @Override
                            public void onNext(GreetAnswer found) {
                                answer.complete(found);
                            }

                            @Override
                            public void onError(Throwable failure) {
                                answer.completeExceptionally(failure);
                            }

                            @Override
                            public void onCompleted() {}
                        });
        return answer;
    }

    static BatchGrpc.BatchBlockingStub batch(HostPort api) {
        return client(api, BatchGrpc.BatchBlockingStub.class);
    }

    private static <T> T client(HostPort api, Class<T> stub) {
        return GrpcClients.builder("gproto+http://" + api).responseTimeout(PATIENCE).build(stub);
    }
}
