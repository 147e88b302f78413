package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A server as the client sees it: its channel, and whether it is thought to hang.
final class Peer {
    private static final long SUSPECTED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AVOIDED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    final Endpoint endpoint;
    private final ManagedChannel channel;
    private final StreamedCalls<BeatRequest, BeatAnswer> beats =
            new StreamedCalls<>(
                    this,
                    ClustersGrpc.getKeepBeatingMethod(),
                    (beat, number) -> beat.toBuilder().setNumber(number).build(),
                    BeatAnswer::getNumber);
    private volatile boolean suspected;
    private volatile long suspectedUntilNanos;
    private volatile boolean broken;
    private volatile long avoidedUntilNanos;

    Peer(Endpoint endpoint, Supplier<ManagedChannel> connect) {
        this.endpoint = endpoint;
        this.channel = connect.get();
    }

    <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        // The back-off of a channel is 1 s and more, too long when servers come back in less.
        if (broken && channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
        return channel.newCall(method, options);
    }

    /// Returns the answers of a method that has many, as fast as they are taken; each waits.
    <Q, A> Iterator<A> answers(MethodDescriptor<Q, A> method, Q request) {
        return ClientCalls.blockingServerStreamingCall(
                channel, method, CallOptions.DEFAULT, request);
    }

    /// Returns the calls of beats.
    StreamedCalls<BeatRequest, BeatAnswer> beats() {
        return beats;
    }

    /// It did not answer in time.
    void suspect(long now) {
        suspectedUntilNanos = now + SUSPECTED_NANOS;
        suspected = true;
    }

    /// It said something.
    void answered() {
        if (suspected) {
            suspected = false;
        }
        if (broken) {
            broken = false;
        }
    }

    /// Its connection broke, or never came up.
    void broke() {
        avoidedUntilNanos = System.nanoTime() + AVOIDED_NANOS;
        broken = true;
    }

    /// Whether another one should be asked, if there is a choice.
    boolean isAvoided(long now) {
        return isSuspected(now) || (broken && now - avoidedUntilNanos < 0);
    }

    boolean isSuspected(long now) {
        return suspected && now - suspectedUntilNanos < 0;
    }

    void close() {
        channel.shutdownNow();
    }
}
