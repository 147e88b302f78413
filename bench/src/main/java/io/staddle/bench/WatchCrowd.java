package io.staddle.bench;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Many streams of events from one server, over some connections.
final class WatchCrowd implements AutoCloseable {
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final int watchers;
    private final CountDownLatch begun;
    private final ConcurrentLinkedQueue<Long> toldNanos = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch told = new CountDownLatch(0);

    WatchCrowd(String endpoint, int connections, int watchers, EventFilter filter) {
        this.watchers = watchers;
        begun = new CountDownLatch(watchers);
        WatchRequest request =
                WatchRequest.newBuilder().setFilter(EventFilterCodec.encode(filter)).build();
        for (int i = 0; i < connections; i++) {
            channels.add(
                    Grpc.newChannelBuilder(endpoint, InsecureChannelCredentials.create())
                            .directExecutor()
                            .build());
        }
        for (int i = 0; i < watchers; i++) {
            EventsGrpc.newStub(channels.get(i % connections)).watch(request, new Member());
        }
    }

    void awaitBegun() {
        await(begun);
    }

    /// From now on counts who is told.
    ///
    /// @param events for each
    void expect(int events) {
        toldNanos.clear();
        told = new CountDownLatch(watchers * events);
    }

    /// Waits until all were told, and returns when each was, sorted.
    List<Long> awaitTold() {
        await(told);
        return toldNanos.stream().sorted().toList();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(latch.getCount() + " watchers were not told");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Member implements StreamObserver<WatchAnswer> {
        private boolean first = true;

        @Override
        public void onNext(WatchAnswer answer) {
            if (first) {
                first = false;
                begun.countDown();
            } else if (answer.getEventsCount() > 0) {
                // The first grant of a type opens a holding as well.
                toldNanos.add(System.nanoTime());
                told.countDown();
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
