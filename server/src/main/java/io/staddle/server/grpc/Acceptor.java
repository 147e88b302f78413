package io.staddle.server.grpc;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.TransportType;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

import java.util.concurrent.TimeUnit;

/// The thread that accepts connections. It ends at once: Netty would let it linger for two seconds,
/// and Armeria wait for it.
public final class Acceptor extends MultiThreadIoEventLoopGroup {
    private Acceptor(String name) {
        super(
                1,
                new DefaultThreadFactory(name),
                Flags.transportType() == TransportType.EPOLL
                        ? EpollIoHandler.newFactory()
                        : NioIoHandler.newFactory());
    }

    /// Makes one for a server whose workers are of Armeria's default transport.
    public static EventLoopGroup named(String name) {
        return new Acceptor(name);
    }

    @Override
    public Future<?> shutdownGracefully(long quiet, long timeout, TimeUnit unit) {
        return super.shutdownGracefully(0, timeout, unit);
    }
}
