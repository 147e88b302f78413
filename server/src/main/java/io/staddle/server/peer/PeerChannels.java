package io.staddle.server.peer;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.tls.Tls;

import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.Epoll;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.util.NettyUtils;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

/// Connections to other servers' API ports, and the threads that serve them.
///
/// They use the gRPC that Ratis has loaded anyway: Armeria's client would cost a fifth of a
/// server's start. The threads are not those of Ratis: whoever gets
/// an answer may work on it for a while, and beats must not wait for that.
public final class PeerChannels implements AutoCloseable {
    private static final int THREADS = 2;
    private static final Duration END = Duration.ofSeconds(1);

    private final EventLoopGroup threads =
            NettyUtils.newEventLoopGroup("peers", THREADS, Epoll.isAvailable());
    private final Duration patience;
    private final List<PeerChannel> channels = new CopyOnWriteArrayList<>();

    private final Optional<Tls> tls;

    /// Prepares connections without TLS.
    ///
    /// @param patience how long a call may take, connecting included
    public PeerChannels(Duration patience) {
        this(Optional.empty(), patience);
    }

    /// Prepares connections.
    ///
    /// @param tls by which servers know each other; empty for none
    /// @param patience how long a call may take, connecting included
    public PeerChannels(Optional<Tls> tls, Duration patience) {
        this.tls = tls;
        this.patience = patience;
    }

    /// Prepares the connection to a server; the first call makes it. With TLS it is to that server
    /// and no other.
    public PeerChannel to(ServerAddress server) {
        NettyChannelBuilder builder = builder(server.api());
        tls.ifPresentOrElse(
                with -> secure(builder, with, server.id()), () -> builder.usePlaintext());
        return add(server.api(), builder);
    }

    /// Prepares the connection without TLS to whoever is at an address.
    public PeerChannel to(HostPort api) {
        return add(api, builder(api).usePlaintext());
    }

    private PeerChannel add(HostPort api, NettyChannelBuilder builder) {
        PeerChannel peer = new PeerChannel(api, builder.build(), patience);
        channels.add(peer);
        return peer;
    }

    private NettyChannelBuilder builder(HostPort api) {
        return NettyChannelBuilder.forAddress(api.host(), api.port())
                .channelType(NettyUtils.getSocketChannelClass(threads))
                .eventLoopGroup(threads)
                .directExecutor()
                .proxyDetector(_ -> null)
                .disableRetry();
    }

    private static void secure(NettyChannelBuilder builder, Tls tls, ServerId expected) {
        try {
            SslContextBuilder engine =
                    SslContextBuilder.forClient()
                            .keyManager(tls.peerKeys())
                            .trustManager(tls.trust(expected))
                            .protocols(Tls.PROTOCOLS);
            builder.sslContext(GrpcSslContexts.configure(engine, SslProvider.JDK).build())
                    .overrideAuthority(Tls.PEER_HOST);
        } catch (SSLException e) {
            throw new IllegalStateException("the JDK has no TLS for " + expected, e);
        }
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
