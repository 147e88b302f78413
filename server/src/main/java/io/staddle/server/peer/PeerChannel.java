package io.staddle.server.peer;

import com.google.protobuf.MessageLite;

import io.staddle.server.config.HostPort;

import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Calls one other server. Safe for threads.
public final class PeerChannel {
    /// How often at most a server that is down is tried. In between, calls fail at once.
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final HostPort api;
    private final ManagedChannel channel;
    private final Duration patience;
    private final AtomicLong triedNanos = new AtomicLong(System.nanoTime());

    PeerChannel(HostPort api, ManagedChannel channel, Duration patience) {
        this.api = api;
        this.channel = channel;
        this.patience = patience;
    }

    /// Sends a request, and completes with what `result` makes of the answer, on a thread that must
    /// not be blocked.
    ///
    /// Fails with [PeerException] if nothing listens there, if the server says no, or after the
    /// patience.
    public <Q extends MessageLite, A extends MessageLite, R> CompletableFuture<R> call(
            PeerMethod<Q, A> method, Q request, Function<A, R> result) {
        tryAgain();
        PeerAnswer<A, R> answer = new PeerAnswer<>(api, result);
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
        ClientCalls.asyncUnaryCall(channel.newCall(method.descriptor(), options), request, answer);
        return answer.future();
    }

    /// Returns questions that share a stream.
    ///
    /// @param method answers each question in its turn
    public <Q extends MessageLite, A extends MessageLite> PeerStream<Q, A> stream(
            PeerMethod<Q, A> method) {
        return new PeerStream<>(this, method);
    }

    HostPort api() {
        return api;
    }

    Duration patience() {
        return patience;
    }

    <Q extends MessageLite, A extends MessageLite> StreamObserver<Q> open(
            PeerMethod<Q, A> method, StreamObserver<A> answers) {
        tryAgain();
        return ClientCalls.asyncBidiStreamingCall(
                channel.newCall(method.descriptor(), CallOptions.DEFAULT), answers);
    }

    /// gRPC waits up to two minutes before it tries again, but whoever is back is needed at once.
    private void tryAgain() {
        if (channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
            return;
        }
        long now = System.nanoTime();
        long tried = triedNanos.get();
        if (now - tried >= RETRY_NANOS && triedNanos.compareAndSet(tried, now)) {
            channel.resetConnectBackoff();
        }
    }

    void close() {
        channel.shutdownNow();
    }

    void awaitEnd(long untilNanos) {
        try {
            channel.awaitTermination(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
