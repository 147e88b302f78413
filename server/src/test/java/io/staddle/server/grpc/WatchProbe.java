package io.staddle.server.grpc;

import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what one watch brings. It takes an answer when it is told to, or all at once.
final class WatchProbe implements ClientResponseObserver<WatchRequest, WatchAnswer> {
    final List<WatchAnswer> answers = new CopyOnWriteArrayList<>();
    volatile Optional<StatusRuntimeException> failure = Optional.empty();
    volatile boolean completed;
    private final boolean slow;
    private volatile Optional<ClientCallStreamObserver<WatchRequest>> call = Optional.empty();

    WatchProbe() {
        this(false);
    }

    /// @param slow whether it takes answers only by [#take]
    WatchProbe(boolean slow) {
        this.slow = slow;
    }

    List<Event> events() {
        return answers.stream().flatMap(each -> each.getEventsList().stream()).toList();
    }

    List<Revision> revisions() {
        return events().stream().map(each -> ModelCodec.decode(each.getRevision())).toList();
    }

    /// Returns the keys of the grains that were granted.
    List<String> granted() {
        return events().stream()
                .filter(each -> each.getBody().hasGranted())
                .map(each -> each.getBody().getGranted().getGrain().getKey())
                .toList();
    }

    /// Returns why the server says that it ended the stream.
    String reason() {
        Metadata trailers = failure.orElseThrow().getTrailers();
        return trailers == null ? "" : String.valueOf(trailers.get(Trailers.REASON));
    }

    long throughIndex() {
        return answers.isEmpty() ? -1 : answers.getLast().getThroughIndex();
    }

    void awaitThrough(long index) {
        await().atMost(Duration.ofSeconds(20)).until(() -> throughIndex() >= index);
    }

    void take(int count) {
        call.orElseThrow().request(count);
    }

    void cancel() {
        call.orElseThrow().cancel("seen enough", null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
        call = Optional.of(stream);
        if (slow) {
            stream.disableAutoRequestWithInitial(0);
        }
    }

    @Override
    public void onNext(WatchAnswer answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable why) {
        failure = Optional.of((StatusRuntimeException) why);
    }

    @Override
    public void onCompleted() {
        completed = true;
    }
}
