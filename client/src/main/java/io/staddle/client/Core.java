package io.staddle.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.NetUtil;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What all views of a client share: its I/O thread, its servers and its lanes.
final class Core implements AutoCloseable {
    /// The longest answer that is taken.
    static final int MESSAGE_BYTES_MAX = 64 << 20;

    private static final int WINDOW_BYTES = 1 << 20;
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final long CLOSE_MILLIS_MAX = 300;

    private final ClientSettings settings;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Security.Channels channels;
    private final Pulse pulse;
    private final Peers peers;
    private final Semaphore room;
    private final Scout scout;
    private final Lane<PendingCommand<?>, WriteBatch, WriteBatchAnswer> commands;
    private final Lane<PendingCommand<?>, WriteBatch, WriteBatchAnswer> bulk;
    private final Lane<PendingRead<?>, ReadBatch, ReadBatchAnswer> linearizable;
    private final Lane<PendingRead<?>, ReadBatch, ReadBatchAnswer> stale;
    private final Set<WatchRun> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Core(ClientSettings settings) {
        this.settings = settings;
        // NIO: the native transport saves little on so few sockets and costs a CLI its start.
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("staddle-client", true),
                        NioIoHandler.newFactory());
        this.loop = group.next();
        this.channels = open(settings.security(), group);
        this.pulse = new Pulse(loop);
        this.peers =
                new Peers(
                        settings.endpoints(),
                        endpoint -> new Peer(endpoint, () -> connect(endpoint)));
        this.room = new Semaphore(settings.callsMax());
        this.scout = new Scout(this);
        this.commands = lane(new WriteExchange(), Route.COMMANDS);
        this.bulk = lane(new WriteExchange(), Route.BULK);
        this.linearizable = lane(new ReadExchange(Requests.LINEARIZABLE), Route.LINEARIZABLE);
        this.stale = lane(new ReadExchange(Requests.STALE), Route.STALE);
    }

    ClientSettings settings() {
        return settings;
    }

    Pulse pulse() {
        return pulse;
    }

    Peers peers() {
        return peers;
    }

    Scout scout() {
        return scout;
    }

    Lane<PendingCommand<?>, WriteBatch, WriteBatchAnswer> commands() {
        return commands;
    }

    /// Commands that come in thousands at a time.
    Lane<PendingCommand<?>, WriteBatch, WriteBatchAnswer> bulk() {
        return bulk;
    }

    Lane<PendingRead<?>, ReadBatch, ReadBatchAnswer> linearizable() {
        return linearizable;
    }

    Lane<PendingRead<?>, ReadBatch, ReadBatchAnswer> stale() {
        return stale;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOnIoThread() {
        return loop.inEventLoop();
    }

    /// Sends a call, if there is room for it.
    ///
    /// @param waits whether to wait for room until the deadline, or else fail at once
    /// @throws IllegalStateException if it may have to wait on the I/O thread
    <P extends Pending<?, ?>> void submit(Lane<P, ?, ?> lane, P call, boolean waits) {
        if (waits && isOnIoThread()) {
            throw new IllegalStateException(
                    "a blocking call on the client's I/O thread would wait for itself");
        }
        if (closed) {
            fail(call, new StaddleClosedException("the client was closed"));
        } else if (room.tryAcquire() || (waits && waitForRoom(call.deadlineNanos))) {
            lane.submit(call);
        } else {
            String words = "all " + settings.callsMax() + " calls of the client are taken";
            fail(call, new StaddleOverloadedException(words));
        }
    }

    /// Runs a task on the I/O thread, after a while; not if the client is closed by then.
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the event loop
    void later(Runnable task, long millis) {
        try {
            loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException wasClosed) {
            // watches are told, and others do not wait
        }
    }

    /// Ends `watch` when the client is closed; at once if it is.
    void add(WatchRun watch) {
        watches.add(watch);
        if (closed) {
            watch.clientClosed();
        }
    }

    void remove(WatchRun watch) {
        watches.remove(watch);
    }

    /// Makes room for other calls.
    void leave(int calls) {
        if (calls > 0) {
            room.release(calls);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pulse.beatNow();
        watches.forEach(WatchRun::clientClosed);
        peers.close();
        // Awaited, because a JVM that exits while a thread is in a select waits for it.
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_MILLIS_MAX);
    }

    private <P extends Pending<?, ?>, Q, A> Lane<P, Q, A> lane(
            Exchange<P, Q, A> exchange, Route route) {
        return new Lane<>(this, exchange, route.waiting(settings.patience()));
    }

    private static void fail(Pending<?, ?> call, StaddleException why) {
        call.future.completeExceptionally(why);
    }

    private boolean waitForRoom(long deadlineNanos) {
        try {
            return room.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while the client was full");
        }
    }

    private static Security.Channels open(Security security, EventLoopGroup group) {
        try {
            return security.open(group);
        } catch (IllegalArgumentException unusable) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(CLOSE_MILLIS_MAX);
            throw unusable;
        }
    }

    private ManagedChannel connect(Endpoint endpoint) {
        return channels.secure(builder(endpoint))
                .eventLoopGroup(group)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .withOption(ChannelOption.TCP_NODELAY, true)
                .directExecutor()
                .disableRetry()
                .flowControlWindow(WINDOW_BYTES)
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .build();
    }

    private static NettyChannelBuilder builder(Endpoint endpoint) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
        if (address == null) {
            return NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port());
        }
        try {
            // An address needs no resolver, and a CLI no thread for one.
            InetAddress resolved = InetAddress.getByAddress(address);
            return NettyChannelBuilder.forAddress(new InetSocketAddress(resolved, endpoint.port()));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
