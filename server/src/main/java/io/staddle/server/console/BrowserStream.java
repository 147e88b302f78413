package io.staddle.server.console;

import com.google.protobuf.Struct;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.EventFilter;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.server.events.Audience;
import io.staddle.server.events.EventHub;
import io.staddle.server.events.WatchOrder;
import io.staddle.server.front.UnansweredException;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The watch of a page: server-sent events, each a WatchAnswer as JSON, named by the index up to
/// which nothing is missing. A browser that lost the stream sends that name, and misses nothing.
///
/// What happens to single grains is left out unless it is asked for: a page is for people.
final class BrowserStream implements Audience {
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String GREETING = "retry: 1000\n\n";
    private static final Set<String> OF_ONE_GRAIN =
            Set.of(
                    "granted",
                    "grain_released",
                    "lease_renewed",
                    "lease_forgotten",
                    "tombstone_purged");

    private final HttpResponseWriter out;
    private final Executor eventLoop;

    // These two are touched by the event loop only.
    private boolean ready = true;
    private Runnable onReady = () -> {};

    private BrowserStream(HttpResponseWriter out, Executor eventLoop) {
        this.out = out;
        this.eventLoop = eventLoop;
    }

    static HttpResponse open(ServiceRequestContext call, HttpRequest request, EventHub hub) {
        Optional<WatchOrder> order = order(call, request);
        if (order.isEmpty()) {
            return Json.problem(HttpStatus.BAD_REQUEST, "from must be a log index");
        }
        HttpResponseWriter out = HttpResponse.streaming();
        out.write(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.EVENT_STREAM)
                        .add(Shield.HEADERS)
                        .build());
        out.write(HttpData.ofUtf8(GREETING));
        Executor eventLoop = call.eventLoop().withoutContext();
        BrowserStream stream = new BrowserStream(out, eventLoop);
        EventHub.Watching watching = hub.watch(order.get(), stream);
        stream.onReady = watching::ready;
        var _ = call.log().whenComplete().thenRunAsync(watching::left, eventLoop);
        eventLoop.execute(watching::begin);
        return out;
    }

    @Override
    public Executor eventLoop() {
        return eventLoop;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void send(WatchAnswer answer) {
        String event = "id: " + answer.getThroughIndex() + "\nevent: watch\n";
        if (out.tryWrite(HttpData.ofUtf8(event + "data: " + Json.line(answer) + "\n\n"))) {
            ready = false;
            var _ = out.whenConsumed().thenRunAsync(this::consumed, eventLoop);
        }
    }

    @Override
    public void end() {
        out.close();
    }

    @Override
    public void fail(UnansweredException why) {
        last("failed", String.valueOf(why.getMessage()));
    }

    @Override
    public void refuse(String why) {
        last("refused", why);
    }

    private void consumed() {
        ready = true;
        onReady.run();
    }

    private void last(String event, String message) {
        Struct data = Struct.newBuilder().putFields("message", Json.text(message)).build();
        var _ =
                out.tryWrite(
                        HttpData.ofUtf8("event: " + event + "\ndata: " + Json.line(data) + "\n\n"));
        out.close();
    }

    /// Empty if where it begins is no index.
    private static Optional<WatchOrder> order(ServiceRequestContext call, HttpRequest request) {
        String asked = call.queryParams().get("from", "");
        String after = request.headers().get("last-event-id", asked);
        EventFilter.Builder filter = EventFilter.newBuilder();
        if (!call.queryParams().contains("grains")) {
            EventFilterCodec.kinds().stream()
                    .filter(kind -> !OF_ONE_GRAIN.contains(kind))
                    .forEach(filter::addKinds);
        }
        if (!after.matches("\\d{0,18}")) {
            return Optional.empty();
        }
        Optional<Revision> from =
                after.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Revision(Long.parseLong(after) + 1, 0));
        return Optional.of(
                new WatchOrder(
                        from, EventFilterCodec.decode(filter.build()), PROGRESS_NANOS, false));
    }
}
