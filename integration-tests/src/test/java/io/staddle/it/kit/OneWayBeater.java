package io.staddle.it.kit;

import io.grpc.stub.StreamObserver;
import io.staddle.api.id.ClusterId;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A cluster that reaches one server and no other, and beats there until it is closed.
public final class OneWayBeater implements AutoCloseable {
    private final List<BeatAnswer> answers = new CopyOnWriteArrayList<>();
    private final StreamObserver<BeatRequest> stream;
    private final Thread thread;

    /// Begins to beat, and never beats elsewhere.
    public OneWayBeater(ClusterId cluster, ServerNode server, Duration interval) {
        BeatRequest beat =
                BeatRequest.newBuilder()
                        .setCluster(cluster.value())
                        .setIncarnation(Beater.INCARNATION)
                        .setAckedFence(1)
                        .build();
        stream = server.api().keepBeating(new Answers());
        thread = Thread.ofVirtual().name("one-way-" + cluster).start(() -> repeat(beat, interval));
    }

    /// Returns what was answered up to now.
    public List<BeatAnswer> answers() {
        return List.copyOf(answers);
    }

    @Override
    public void close() {
        thread.interrupt();
        stream.onCompleted();
    }

    private void repeat(BeatRequest beat, Duration interval) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                stream.onNext(beat);
                Thread.sleep(interval);
            }
        } catch (InterruptedException | IllegalStateException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Answers implements StreamObserver<BeatAnswer> {
        @Override
        public void onNext(BeatAnswer answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable why) {
            thread.interrupt();
        }

        @Override
        public void onCompleted() {}
    }
}
