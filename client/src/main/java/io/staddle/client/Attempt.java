package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One request to one server, with the calls that it carries.
///
/// Its lane starts it and owns what is not final; gRPC says how it ends, once, on its I/O thread
/// or on the thread that starts or cancels it.
final class Attempt<P extends Pending<?, ?>, Q, A> extends ClientCall.Listener<A>
        implements Lane.Signal {
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final long TIMEOUT_MAX = 99_999_999;

    final Peer peer;
    final List<P> calls;
    final long startedNanos;

    /// The earliest deadline of its calls.
    final long dueNanos;

    /// Whether it was sent to find out who answers.
    final boolean probe;

    /// Whether its calls were given to other servers as well. Only the lane touches it.
    boolean suspected;

    private final long lastNanos;
    private final Lane<P, Q, A> lane;
    private final CallTrace trace = new CallTrace();
    private final ClientCall<Q, A> call;
    private volatile Optional<A> answer = Optional.empty();
    private volatile Optional<Failure> failure = Optional.empty();

    Attempt(Lane<P, Q, A> lane, Peer peer, List<P> calls, long now, boolean probe) {
        this.lane = lane;
        this.peer = peer;
        this.calls = calls;
        this.startedNanos = now;
        this.probe = probe;
        long first = calls.get(0).deadlineNanos;
        long last = first;
        for (P each : calls) {
            each.attempts++;
            first = each.deadlineNanos - first < 0 ? each.deadlineNanos : first;
            last = each.deadlineNanos - last > 0 ? each.deadlineNanos : last;
        }
        this.dueNanos = first;
        this.lastNanos = last;
        this.call = lane.exchange().open(peer, options());
    }

    void start() {
        call.start(this, headers());
        call.request(2);
        call.sendMessage(lane.exchange().request(calls));
        call.halfClose();
    }

    /// Gives up. After this returns it is certain whether it was sent.
    void cancel(String why) {
        call.cancel(why, new StoppedWaiting(why));
    }

    boolean isSent() {
        return trace.isSent();
    }

    /// Why it failed; empty if it did not.
    Optional<Failure> failure() {
        return failure;
    }

    @Override
    public void onMessage(A message) {
        answer = Optional.of(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (status.isOk() && answer.isPresent()) {
            peer.answered();
            lane.answered(this, answer.get());
            return;
        }
        if (trace.isAnswered()) {
            peer.answered();
        } else {
            peer.broke();
        }
        failure = Optional.of(Failure.of(status, trailers, trace.isSent(), trace.isAnswered()));
        lane.ended(this);
    }

    /// Tells the server when to give up, and what it is part of. A deadline of gRPC would do the
    /// former as well, and set a timer for each request besides.
    private Metadata headers() {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(lastNanos - startedNanos));
        Metadata headers = new Metadata();
        headers.put(TIMEOUT, Math.min(millis, TIMEOUT_MAX) + "m");
        String traceparent = calls.size() == 1 ? calls.get(0).span.traceparent() : "";
        if (!traceparent.isEmpty()) {
            headers.put(TRACEPARENT, traceparent);
        }
        return headers;
    }

    private CallOptions options() {
        return CallOptions.DEFAULT.withStreamTracerFactory(trace);
    }

    /// Says in gRPC's words that nobody waits any more. Without a stack: it is no error.
    private static final class StoppedWaiting extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedWaiting(String why) {
            super(why, null, false, false);
        }
    }
}
