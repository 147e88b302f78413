package io.staddle.server.grpc;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatAnswer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What came back on a stream of beats, and how it ended.
final class BeatAnswers implements StreamObserver<BeatAnswer> {
    final List<BeatAnswer> all = new CopyOnWriteArrayList<>();
    volatile Optional<StatusRuntimeException> end = Optional.empty();
    volatile boolean completed;

    BeatAnswer to(long number) {
        return all.stream().filter(each -> each.getNumber() == number).findFirst().orElseThrow();
    }

    String reason() {
        Metadata trailers = end.orElseThrow().getTrailers();
        return trailers == null ? "" : String.valueOf(trailers.get(Trailers.REASON));
    }

    @Override
    public void onNext(BeatAnswer answer) {
        all.add(answer);
    }

    @Override
    public void onError(Throwable why) {
        end = Optional.of((StatusRuntimeException) why);
    }

    @Override
    public void onCompleted() {
        completed = true;
    }
}
