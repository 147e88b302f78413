package io.staddle.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.server.config.Limits;
import io.staddle.server.front.Failures;
import io.staddle.server.front.Fate;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The beats that come on one stream, on its event loop.
final class BeatStream implements StreamObserver<BeatRequest> {
    private final BeatDoor door;
    private final Reply<BeatAnswer> reply;
    private final long patienceNanos;

    private BeatStream(BeatDoor door, Reply<BeatAnswer> reply, long patienceNanos) {
        this.door = door;
        this.reply = reply;
        this.patienceNanos = patienceNanos;
    }

    /// @param ended is run when it has ended, whoever ends it
    static BeatStream open(
            BeatDoor door,
            Limits limits,
            StreamObserver<BeatAnswer> observer,
            Consumer<BeatStream> ended) {
        ServiceRequestContext context = ServiceRequestContext.current();
        // It counts all that ever comes; each message has its limit all the same.
        context.setMaxRequestLength(0);
        BeatStream stream =
                new BeatStream(
                        door,
                        Reply.stream(observer, context.eventLoop().withoutContext()),
                        TimeUnit.MILLISECONDS.toNanos(limits.deadlineMillis()));
        var _ = context.log().whenComplete().thenRun(() -> ended.accept(stream));
        return stream;
    }

    /// Ends it: this server stops.
    void stop() {
        reply.fail(Failures.stopping(Fate.NONE));
    }

    @Override
    public void onNext(BeatRequest request) {
        door.take(request, reply, System.nanoTime() + patienceNanos);
    }

    /// The caller has gone.
    @Override
    public void onError(Throwable why) {}

    @Override
    public void onCompleted() {
        reply.end();
    }
}
