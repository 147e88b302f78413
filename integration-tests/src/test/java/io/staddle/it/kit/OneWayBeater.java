package io.staddle.it.kit;

import io.grpc.stub.StreamObserver;
import io.staddle.api.id.ClusterId;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A cluster that reaches one server and no other, and beats there until it is closed: as agents
/// do, on a stream, or on another one if that broke; and it obeys each fence that it is told of.
public final class OneWayBeater implements AutoCloseable {
    private final List<BeatAnswer> answers = new CopyOnWriteArrayList<>();
    private final ClusterId cluster;
    private final ServerNode server;
    private final Thread thread;
    private volatile long fence = 1;

    /// Begins to beat, and never beats elsewhere.
    public OneWayBeater(ClusterId cluster, ServerNode server, Duration interval) {
        this.cluster = cluster;
        this.server = server;
        thread = Thread.ofVirtual().name("one-way-" + cluster).start(() -> repeat(interval));
    }

    /// Returns what was answered up to now.
    public List<BeatAnswer> answers() {
        return List.copyOf(answers);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void repeat(Duration interval) {
        Way way = new Way();
        try {
            while (true) {
                way.beats.onNext(beat());
                Thread.sleep(interval);
                if (way.broken) {
                    way = new Way();
                }
            }
        } catch (InterruptedException closed) {
            way.beats.onCompleted();
        }
    }

    private BeatRequest beat() {
        return BeatRequest.newBuilder()
                .setCluster(cluster.value())
                .setIncarnation(Beater.INCARNATION)
                .setAckedFence(fence)
                .build();
    }

    private final class Way implements StreamObserver<BeatAnswer> {
        private final StreamObserver<BeatRequest> beats = server.api().keepBeating(this);
        private volatile boolean broken;

        @Override
        public void onNext(BeatAnswer answer) {
            fence = Math.max(fence, answer.getCluster().getFence());
            answers.add(answer);
        }

        @Override
        public void onError(Throwable why) {
            broken = true;
        }

        @Override
        public void onCompleted() {
            broken = true;
        }
    }
}
