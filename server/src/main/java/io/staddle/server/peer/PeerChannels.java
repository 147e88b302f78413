package io.staddle.server.peer;

import io.staddle.server.config.HostPort;

import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.Epoll;
import org.apache.ratis.util.NettyUtils;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Connections to other servers' API ports, and the threads that serve them.
///
/// They use the gRPC that Ratis has loaded anyway: Armeria's client would cost a fifth of a
/// server's start, for TLS that is not used here. The threads are not those of Ratis: whoever gets
/// an answer may work on it for a while, and beats must not wait for that.
public final class PeerChannels implements AutoCloseable {
    private static final int THREADS = 2;
    private static final Duration END = Duration.ofSeconds(1);

    private final EventLoopGroup threads =
            NettyUtils.newEventLoopGroup("peers", THREADS, Epoll.isAvailable());
    private final Duration patience;
    private final List<PeerChannel> channels = new ArrayList<>();

    /// Prepares connections.
    ///
    /// @param patience how long a call may take, connecting included
    public PeerChannels(Duration patience) {
        this.patience = patience;
    }

    /// Prepares the connection to a server; the first call makes it.
    public PeerChannel to(HostPort api) {
        var channel =
                NettyChannelBuilder.forAddress(api.host(), api.port())
                        .channelType(NettyUtils.getSocketChannelClass(threads))
                        .eventLoopGroup(threads)
                        .directExecutor()
                        .usePlaintext()
                        .proxyDetector(_ -> null)
                        .disableRetry()
                        .build();
        PeerChannel peer = new PeerChannel(api, channel, patience);
        channels.add(peer);
        return peer;
    }

    /// Fails the calls in flight and closes the connections.
    ///
    /// The threads are the last to go: a channel whose threads are gone cannot end in order.
    @Override
    public void close() {
        channels.forEach(PeerChannel::close);
        long untilNanos = System.nanoTime() + END.toNanos();
        channels.forEach(each -> each.awaitEnd(untilNanos));
        var _ = threads.shutdownGracefully(0, END.toMillis(), TimeUnit.MILLISECONDS);
    }
}
