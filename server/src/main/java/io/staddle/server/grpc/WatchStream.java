package io.staddle.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;
import io.staddle.server.events.Audience;
import io.staddle.server.events.EventHub;
import io.staddle.server.events.WatchOrder;
import io.staddle.server.front.UnansweredException;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// One stream of events, on its event loop.
final class WatchStream implements Audience {
    private static final long PROGRESS_MILLIS = 10_000;
    private static final long PROGRESS_MILLIS_MIN = 100;
    private static final long PROGRESS_MILLIS_MAX = 600_000;

    private final ServerCallStreamObserver<WatchAnswer> call;
    private final Executor eventLoop;

    private WatchStream(ServerCallStreamObserver<WatchAnswer> call, Executor eventLoop) {
        this.call = call;
        this.eventLoop = eventLoop;
    }

    static void open(WatchRequest request, StreamObserver<WatchAnswer> observer, EventHub hub) {
        ServiceRequestContext context = ServiceRequestContext.current();
        var call = (ServerCallStreamObserver<WatchAnswer>) observer;
        WatchStream stream = new WatchStream(call, context.eventLoop().withoutContext());
        try {
            EventHub.Watching watching = hub.watch(order(request), stream);
            // Else an answer to a caller who has gone is an exception.
            call.setOnCancelHandler(() -> {});
            call.setOnReadyHandler(watching::ready);
            var _ = context.log().whenComplete().thenRunAsync(watching::left, stream.eventLoop);
            watching.begin();
        } catch (MalformedException e) {
            call.onError(Statuses.malformed(e));
        }
    }

    @Override
    public Executor eventLoop() {
        return eventLoop;
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void send(WatchAnswer answer) {
        call.onNext(answer);
    }

    @Override
    public void end() {
        call.onCompleted();
    }

    @Override
    public void fail(UnansweredException why) {
        call.onError(Statuses.of(why));
    }

    @Override
    public void refuse(String why) {
        call.onError(Statuses.malformed(why));
    }

    private static WatchOrder order(WatchRequest request) {
        long millis = request.getProgressMillis();
        if (millis != 0 && (millis < PROGRESS_MILLIS_MIN || millis > PROGRESS_MILLIS_MAX)) {
            String range = "0, or " + PROGRESS_MILLIS_MIN + " to " + PROGRESS_MILLIS_MAX;
            throw new MalformedException(
                    new Expectation("progress millis", range, Long.toString(millis)));
        }
        Optional<Revision> from =
                request.hasFrom()
                        ? Optional.of(ModelCodec.decode(request.getFrom()))
                        : Optional.empty();
        return new WatchOrder(
                from,
                EventFilterCodec.decode(request.getFilter()),
                TimeUnit.MILLISECONDS.toNanos(millis == 0 ? PROGRESS_MILLIS : millis),
                request.getPrevious());
    }
}
