package io.staddle.client;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server whose streams of events a test feeds.
final class FakeEvents implements AutoCloseable {
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final Server server;

    /// A stream, and what it was opened with.
    record Stream(WatchRequest request, StreamObserver<WatchAnswer> observer) {
        void send(WatchAnswer answer) {
            observer.onNext(answer);
        }

        void fail(Status status) {
            observer.onError(status.asRuntimeException());
        }
    }

    FakeEvents() {
        try {
            server =
                    NettyServerBuilder.forAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                            .directExecutor()
                            .addService(new Events())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StaddleClient client() {
        return StaddleClient.builder().endpoints("127.0.0.1:" + server.getPort()).build();
    }

    /// Waits for the next stream that is opened.
    Stream next() throws InterruptedException {
        Stream stream = streams.poll(Fixture.AMPLE.toSeconds(), TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("no stream was opened");
        }
        return stream;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Events extends EventsGrpc.EventsImplBase {
        @Override
        public void watch(WatchRequest request, StreamObserver<WatchAnswer> observer) {
            // Else an answer to a caller who has gone is an exception.
            ((ServerCallStreamObserver<WatchAnswer>) observer).setOnCancelHandler(() -> {});
            streams.add(new Stream(request, observer));
        }
    }
}
