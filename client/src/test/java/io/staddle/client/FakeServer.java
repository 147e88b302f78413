package io.staddle.client;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.api.v1.ReplayStatusRequest;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// A server on loopback that plays a [Role].
final class FakeServer implements AutoCloseable {
    private static final int SIZES_KEPT = 1_000;

    private final Server server;
    private final int port;
    private final List<Integer> writes = new CopyOnWriteArrayList<>();
    private final List<Integer> reads = new CopyOnWriteArrayList<>();
    private final List<String> traceparents = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile String leader = "";
    private volatile int limit = Integer.MAX_VALUE;
    private volatile FakeQueue queue = new FakeQueue();
    private volatile Role role;
    private volatile FakeCluster cluster = new FakeCluster();
    private volatile Function<ListGrainsRequest, ListGrainsAnswer> pages =
            request -> ListGrainsAnswer.getDefaultInstance();

    private FakeServer(int wanted, Role role) {
        this.role = role;
        try {
            this.server =
                    NettyServerBuilder.forAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
                            .directExecutor()
                            .maxInboundMessageSize(64 << 20)
                            .intercept(new Traced())
                            .addService(new Batch())
                            .addService(new Directory())
                            .addService(new Replay())
                            .addService(new Servers())
                            .addService(new Clusters())
                            .build()
                            .start();
            this.port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeServer playing(Role role) {
        return new FakeServer(0, role);
    }

    static FakeServer at(Endpoint endpoint, Role role) {
        return new FakeServer(endpoint.port(), role);
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", port);
    }

    void become(Role next) {
        role = next;
    }

    /// Refuses from now on to take more than `commands` in a request.
    void limit(int commands) {
        limit = commands;
    }

    /// Says from now on that another server leads.
    void follow(FakeServer other) {
        leader = other.endpoint().toString();
    }

    /// Answers beats from now on as this cluster has it.
    void host(FakeCluster other) {
        cluster = other;
    }

    void list(Function<ListGrainsRequest, ListGrainsAnswer> answers) {
        pages = answers;
    }

    /// Has from now on the queue that other servers have.
    FakeServer with(FakeQueue shared) {
        queue = shared;
        return this;
    }

    /// How many commands each `Batch.Write` had, so far.
    List<Integer> writes() {
        return List.copyOf(writes);
    }

    /// How many queries each `Batch.Read` had, so far.
    List<Integer> reads() {
        return List.copyOf(reads);
    }

    /// What each command was said to be part of, so far; empty for nothing.
    List<String> traceparents() {
        return List.copyOf(traceparents);
    }

    /// Answers what was held, in the order it came.
    void release() {
        List<Runnable> now = new ArrayList<>();
        for (Runnable each = held.poll(); each != null; each = held.poll()) {
            now.add(each);
        }
        now.forEach(Runnable::run);
    }

    /// Ends at once, with all connections, and waits until it has.
    void kill() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /// The keys of all grains that an acquire was asked for, so far.
    Set<String> keys() {
        return Set.copyOf(keys);
    }

    /// How many pages were asked for, so far.
    long lists() {
        return lists.get();
    }

    /// How many requests came, so far.
    long requests() {
        return requests.get();
    }

    private <A> void play(Supplier<A> answer, StreamObserver<A> observer) {
        requests.incrementAndGet();
        play(role.next(), answer, observer);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a test completes it
    private <A> void play(Role.Verdict verdict, Supplier<A> answer, StreamObserver<A> observer) {
        switch (verdict) {
            case Role.Verdict.Late(var when, var then) ->
                    when.thenRun(() -> play(then, answer, observer));
            case Role.Verdict.Answer same -> send(answer, observer);
            case Role.Verdict.Hold same -> held.add(() -> send(answer, observer));
            case Role.Verdict.Lose lose -> {
                Objects.requireNonNull(answer.get(), "an answer to lose");
                observer.onError(lose.status().asRuntimeException(lose.trailers()));
            }
            case Role.Verdict.Die same -> server.shutdownNow();
            case Role.Verdict.Fail fail ->
                    observer.onError(fail.status().asRuntimeException(fail.trailers()));
        }
    }

    private static void note(List<Integer> sizes, int size) {
        // A list of a benchmark would grow for ever.
        if (sizes.size() < SIZES_KEPT) {
            sizes.add(size);
        }
    }

    private static <A> void send(Supplier<A> answer, StreamObserver<A> observer) {
        observer.onNext(answer.get());
        observer.onCompleted();
    }

    private final class Batch extends BatchGrpc.BatchImplBase {
        @Override
        public void write(WriteBatch request, StreamObserver<WriteBatchAnswer> observer) {
            note(writes, request.getCommandsCount());
            if (writes.size() < SIZES_KEPT) {
                request.getCommandsList()
                        .forEach(command -> keys.add(command.getAcquire().getGrain().getKey()));
                traceparents.addAll(Traced.parents(request));
            }
            if (request.getCommandsCount() > limit) {
                observer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
                return;
            }
            play(() -> FakeDirectory.write(request, queue), observer);
        }

        @Override
        public void read(ReadBatch request, StreamObserver<ReadBatchAnswer> observer) {
            note(reads, request.getQueriesCount());
            play(() -> FakeDirectory.read(request), observer);
        }
    }

    /// Remembers the trace that the header of a call names.
    private static final class Traced implements ServerInterceptor {
        private static final Context.Key<String> PARENT = Context.keyWithDefault("parent", "");
        private static final Metadata.Key<String> HEADER =
                Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String parent = headers.get(HEADER);
            return Contexts.interceptCall(
                    Context.current().withValue(PARENT, parent == null ? "" : parent),
                    call,
                    headers,
                    next);
        }

        static List<String> parents(WriteBatch request) {
            List<String> parents =
                    new ArrayList<>(Collections.nCopies(request.getCommandsCount(), PARENT.get()));
            request.getTracesList()
                    .forEach(each -> parents.set(each.getCommand(), each.getTraceparent()));
            return parents;
        }
    }

    private final class Directory extends io.staddle.api.v1.DirectoryGrpc.DirectoryImplBase {
        @Override
        public void listGrains(
                ListGrainsRequest request, StreamObserver<ListGrainsAnswer> observer) {
            lists.incrementAndGet();
            play(() -> pages.apply(request), observer);
        }
    }

    /// Its queries are answered whatever the role: only commands are played.
    private final class Replay extends io.staddle.api.v1.ReplayGrpc.ReplayImplBase {
        @Override
        public void peek(PeekReplayRequest request, StreamObserver<PeekReplayAnswer> observer) {
            send(() -> queue.peek(request), observer);
        }

        @Override
        public void status(
                ReplayStatusRequest request, StreamObserver<ReplayStatusAnswer> observer) {
            send(() -> queue.status(request), observer);
        }
    }

    private final class Clusters extends io.staddle.api.v1.ClustersGrpc.ClustersImplBase {
        @Override
        public StreamObserver<BeatRequest> keepBeating(StreamObserver<BeatAnswer> observer) {
            ((ServerCallStreamObserver<BeatAnswer>) observer).setOnCancelHandler(() -> {});
            return new Beats(observer);
        }
    }

    /// A stream of beats, each of which is played for itself.
    private final class Beats implements StreamObserver<BeatRequest> {
        private final StreamObserver<BeatAnswer> observer;
        private boolean failed;

        Beats(StreamObserver<BeatAnswer> observer) {
            this.observer = observer;
        }

        @Override
        public void onNext(BeatRequest request) {
            FakeCluster beaten = cluster;
            play(() -> beaten.answer(request), one());
        }

        private StreamObserver<BeatAnswer> one() {
            return new StreamObserver<>() {
                @Override
                public void onNext(BeatAnswer answer) {
                    end(() -> observer.onNext(answer), false);
                }

                @Override
                public void onError(Throwable why) {
                    end(() -> observer.onError(why), true);
                }

                @Override
                public void onCompleted() {}
            };
        }

        private synchronized void end(Runnable answer, boolean fails) {
            if (!failed) {
                failed = fails;
                answer.run();
            }
        }

        @Override
        public void onError(Throwable why) {}

        @Override
        public void onCompleted() {
            observer.onCompleted();
        }
    }

    private final class Servers extends io.staddle.api.v1.ServersGrpc.ServersImplBase {
        @Override
        public void describe(
                io.staddle.api.v1.DescribeServerRequest request,
                StreamObserver<ServerDescription> observer) {
            String name = "at-" + port;
            play(
                    () ->
                            ServerDescription.newBuilder()
                                    .setServer(name)
                                    .setRole(leader.isEmpty() ? "LEADER" : "FOLLOWER")
                                    .setLeaderApiAddress(leader)
                                    .build(),
                    observer);
        }
    }
}
