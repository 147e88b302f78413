package io.staddle.server.peer;

import io.staddle.server.config.HostPort;

import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Completes a future with the answer of a call.
final class PeerAnswer<A, R> implements StreamObserver<A> {
    private final HostPort api;
    private final Function<A, R> result;
    private final CompletableFuture<R> future = new CompletableFuture<>();

    PeerAnswer(HostPort api, Function<A, R> result) {
        this.api = api;
        this.result = result;
    }

    CompletableFuture<R> future() {
        return future;
    }

    @Override
    public void onNext(A answer) {
        future.complete(result.apply(answer));
    }

    @Override
    public void onError(Throwable failure) {
        future.completeExceptionally(new PeerException(api, failure));
    }

    @Override
    public void onCompleted() {
        // The answer came before.
    }
}
