package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Keeps a stream of events open, to whichever server has one, and hands on what it brings.
///
/// A stream that ends is opened again where it was. What came and was not taken yet is kept, so a
/// server sends [#WINDOW] answers at most that nobody has taken.
final class WatchRun {
    private static final int WINDOW = 4;
    private static final long PAUSE_MILLIS_MIN = 10;
    private static final int PAUSE_DOUBLINGS_MAX = 7;

    /// Beyond two marks of progress that did not come.
    private static final long SILENCE_MILLIS_MIN = 2_000;

    /// How long it stays at a server before it looks for a better one again.
    private static final long MOVES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Core core;
    private final WatchOptions options;
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    // Guarded by this, and so is what the streams hold.
    private final WatchPlace place;
    private @Nullable Stream current;
    private int failures;
    private long movedNanos = System.nanoTime() - MOVES_NANOS;
    private boolean over;

    /// What comes.
    sealed interface Arrival {
        /// An answer.
        record Answered(Stream stream, WatchAnswer answer) implements Arrival {}

        /// No server can go on.
        record Failed(StaddleException why) implements Arrival {}

        /// Nothing comes any more.
        record Closed() implements Arrival {}
    }

    WatchRun(Core core, WatchOptions options) {
        this.core = core;
        this.options = options;
        place = new WatchPlace(options.from());
    }

    void start() {
        core.add(this);
        open();
    }

    /// Waits for what comes next; empty if nothing did.
    Optional<Arrival> take(long nanos) {
        try {
            return Optional.ofNullable(arrivals.poll(nanos, TimeUnit.NANOSECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while waiting for events");
        }
    }

    /// Makes room for another answer.
    synchronized void taken(Arrival.Answered answered) {
        Stream stream = answered.stream();
        if (stream == current) {
            stream.ask(1);
        }
    }

    void close() {
        end(new Arrival.Closed());
    }

    void clientClosed() {
        end(new Arrival.Failed(new StaddleClosedException("the client was closed")));
    }

    private void open() {
        Stream stream;
        synchronized (this) {
            if (over) {
                return;
            }
            stream = new Stream(whom(System.nanoTime()));
            current = stream;
            stream.request = request();
        }
        stream.open();
    }

    /// A leader that failed is another one's turn.
    private Peer whom(long now) {
        return options.soonest() && failures == 0
                ? core.peers().leaderOrNext(now)
                : core.peers().next(now);
    }

    /// Goes to the leader, but not again and again if it cannot be reached.
    private void moveToLeader(Stream from) {
        long now = System.nanoTime();
        synchronized (this) {
            if (from != current
                    || over
                    || now - movedNanos < MOVES_NANOS
                    || !core.peers().isLedByAnother(from.peer)) {
                return;
            }
            movedNanos = now;
            current = null;
        }
        from.call.cancel("another server knows sooner", null);
        core.later(this::open, 0);
    }

    private WatchRequest request() {
        WatchRequest.Builder request =
                WatchRequest.newBuilder()
                        .setFilter(EventFilterCodec.encode(options.filter()))
                        .setProgressMillis(options.progress().toMillis())
                        .setPrevious(options.previous());
        Optional<Revision> from = place.next();
        from.ifPresent(first -> request.setFrom(ModelCodec.encode(first)));
        return request.build();
    }

    private synchronized void answered(Stream stream, WatchAnswer answer) {
        if (stream != current || over) {
            return;
        }
        try {
            place.pass(answer);
        } catch (StaddleProtocolException brokenPromise) {
            end(new Arrival.Failed(brokenPromise));
            return;
        }
        failures = 0;
        stream.outstanding--;
        stream.heardNanos = System.nanoTime();
        if (answer.hasTrimmed()) {
            over = true;
            core.remove(this);
        }
        arrivals.add(new Arrival.Answered(stream, answer));
    }

    private synchronized void ended(Stream stream, Failure failure) {
        if (stream != current || over) {
            return;
        }
        current = null;
        if (failure.isFinal()) {
            end(new Arrival.Failed(failure.exception()));
            return;
        }
        long longest = PAUSE_MILLIS_MIN << Math.min(failures, PAUSE_DOUBLINGS_MAX);
        long pause = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
        failures++;
        core.later(this::open, failures == 1 ? 0 : pause);
    }

    /// Leaves a server that should have said something.
    private void listen(Stream stream) {
        long silenceMillis = 2 * options.progress().toMillis() + SILENCE_MILLIS_MIN;
        synchronized (this) {
            if (stream != current || over) {
                return;
            }
            long silent = System.nanoTime() - stream.heardNanos;
            if (stream.outstanding == 0 || silent < TimeUnit.MILLISECONDS.toNanos(silenceMillis)) {
                core.later(() -> listen(stream), silenceMillis / 4);
                return;
            }
        }
        stream.peer.suspect(System.nanoTime());
        stream.call.cancel("it says nothing", null);
    }

    private void end(Arrival last) {
        Stream left;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            left = current;
            current = null;
            arrivals.add(last);
        }
        core.remove(this);
        if (left != null) {
            left.call.cancel("nobody watches any more", null);
        }
    }

    /// One stream from one server.
    final class Stream extends ClientCall.Listener<WatchAnswer> {
        final Peer peer;
        final ClientCall<WatchRequest, WatchAnswer> call;
        WatchRequest request = WatchRequest.getDefaultInstance();
        int outstanding;
        long heardNanos = System.nanoTime();
        private final CallTrace trace = new CallTrace();

        Stream(Peer peer) {
            this.peer = peer;
            call =
                    peer.newCall(
                            EventsGrpc.getWatchMethod(),
                            CallOptions.DEFAULT.withStreamTracerFactory(trace));
        }

        void open() {
            call.start(this, new Metadata());
            ask(WINDOW);
            call.sendMessage(request);
            call.halfClose();
            listen(this);
        }

        void ask(int answers) {
            synchronized (WatchRun.this) {
                outstanding += answers;
            }
            call.request(answers);
        }

        @Override
        public void onMessage(WatchAnswer message) {
            peer.answered();
            answered(this, message);
            if (options.soonest()) {
                moveToLeader(this);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (trace.isAnswered()) {
                peer.answered();
            } else {
                peer.broke();
            }
            Status why = status.isOk() ? Status.UNAVAILABLE.withDescription("ended") : status;
            ended(this, Failure.of(why, trailers, trace.isSent(), trace.isAnswered()));
        }
    }
}
