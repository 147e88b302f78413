package io.staddle.client;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Single calls to one server that share a stream, which costs both sides less than a call each.
///
/// The stream is opened for the first call, and again for the first one after it ended. What ends
/// it ends each call that has no answer yet. Safe for threads.
///
/// @param <Q> the request, which carries a number
/// @param <A> the answer, which carries the number of its request
final class StreamedCalls<Q, A> {
    private final Peer peer;
    private final MethodDescriptor<Q, A> method;
    private final Numbering<Q> numbering;
    private final ToLongFunction<A> numberOf;

    // Guarded by this, and so is what the streams hold.
    private @Nullable Stream current;
    private long lastNumber;

    /// Puts a number on a request.
    @FunctionalInterface
    interface Numbering<Q> {
        Q with(Q request, long number);
    }

    StreamedCalls(
            Peer peer,
            MethodDescriptor<Q, A> method,
            Numbering<Q> numbering,
            ToLongFunction<A> numberOf) {
        this.peer = peer;
        this.method = method;
        this.numbering = numbering;
        this.numberOf = numberOf;
    }

    /// Returns a call that is to be used as any other with one request and one answer.
    ClientCall<Q, A> newCall(CallOptions options) {
        return new Single(options);
    }

    private synchronized void send(Single single, Q request) {
        Stream open = current;
        Stream stream = open == null ? new Stream() : open;
        current = stream;
        single.stream = stream;
        single.number = ++lastNumber;
        stream.waiting.put(single.number, single);
        if (open == null) {
            stream.open();
        } else if (stream.created) {
            single.sent();
        }
        stream.call.sendMessage(numbering.with(request, single.number));
    }

    /// Tells whether the call was still waiting.
    private synchronized boolean giveUp(Single single) {
        return single.stream != null && single.stream.waiting.remove(single.number) != null;
    }

    private synchronized @Nullable Single answered(Stream stream, A answer) {
        return stream.waiting.remove(numberOf.applyAsLong(answer));
    }

    private synchronized List<Single> ended(Stream stream) {
        if (current == stream) {
            current = null;
        }
        List<Single> left = List.copyOf(stream.waiting.values());
        stream.waiting.clear();
        return left;
    }

    private synchronized void created(Stream stream) {
        stream.created = true;
        stream.waiting.values().forEach(Single::sent);
    }

    /// What the calls share.
    private final class Stream extends ClientCall.Listener<A> {
        final Map<Long, Single> waiting = new HashMap<>();
        final ClientCall<Q, A> call;
        boolean created;
        private final CallTrace trace =
                new CallTrace() {
                    @Override
                    void sent() {
                        created(Stream.this);
                    }
                };

        Stream() {
            call = peer.newCall(method, CallOptions.DEFAULT.withStreamTracerFactory(trace));
        }

        void open() {
            call.start(this, new Metadata());
            call.request(1);
        }

        @Override
        public void onMessage(A message) {
            Single single = answered(this, message);
            call.request(1);
            if (single != null) {
                single.answer(message);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            // A server that stops ends the stream in order, and answers nothing more.
            Status why = status.isOk() ? Status.UNAVAILABLE.withDescription("ended") : status;
            ended(this).forEach(each -> each.fail(why, trailers, trace.isAnswered()));
        }
    }

    /// One request and its answer.
    private final class Single extends ClientCall<Q, A> {
        private final List<ClientStreamTracer> tracers;
        private Listener<A> listener = new Listener<>() {};

        // Guarded by the calls.
        @Nullable Stream stream;
        long number;

        Single(CallOptions options) {
            ClientStreamTracer.StreamInfo info = ClientStreamTracer.StreamInfo.newBuilder().build();
            tracers =
                    options.getStreamTracerFactories().stream()
                            .map(each -> each.newClientStreamTracer(info, new Metadata()))
                            .toList();
        }

        @Override
        public void start(Listener<A> responses, Metadata headers) {
            listener = responses;
        }

        @Override
        public void request(int messages) {}

        @Override
        public void sendMessage(Q message) {
            send(this, message);
        }

        @Override
        public void halfClose() {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            if (giveUp(this)) {
                Status why = Status.CANCELLED.withDescription(message).withCause(cause);
                fail(why, new Metadata(), false);
            }
        }

        void sent() {
            tracers.forEach(each -> each.streamCreated(Attributes.EMPTY, new Metadata()));
        }

        void answer(A answer) {
            listener.onMessage(answer);
            listener.onClose(Status.OK, new Metadata());
        }

        /// @param byServer whether the server says so
        void fail(Status why, Metadata trailers, boolean byServer) {
            if (byServer) {
                tracers.forEach(each -> each.inboundTrailers(trailers));
            }
            listener.onClose(why, trailers);
        }
    }
}
