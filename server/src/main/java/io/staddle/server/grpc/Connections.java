package io.staddle.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.netty.channel.Channel;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.RelayGrpc;
import io.staddle.api.v1.AccessGrpc;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.MigrationsGrpc;
import io.staddle.api.v1.RoutingGrpc;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.server.config.CallerLimits;
import io.staddle.server.front.CallCounters;
import io.staddle.server.front.Failures;
import io.staddle.server.front.Places;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds how many connections call, and what each has under way. Who exceeds it is told at once:
/// HTTP/2 alone would let calls wait at their client without a word, and a closed connection would
/// say nothing at all.
///
/// A connection takes a place with its first call that needs one, and keeps it until it ends. What
/// operators need needs none, be it from the console, from a probe or a scraper, or a call of
/// `OF_OPERATORS`: a server that is full can be looked at, and clusters fail over.
///
/// Beats, failovers and what servers ask each other are not counted: they must get through on a
/// connection that is full. For them HTTP/2 has [#streams] to spare.
final class Connections implements ServerInterceptor {
    private static final AttributeKey<Load> LOAD = AttributeKey.valueOf(Connections.class, "load");
    private static final String WATCH = EventsGrpc.getWatchMethod().getFullMethodName();
    private static final Set<String> UNCOUNTED =
            Set.of(
                    ClustersGrpc.getBeatMethod().getFullMethodName(),
                    ClustersGrpc.getKeepBeatingMethod().getFullMethodName(),
                    ClustersGrpc.getFailOverMethod().getFullMethodName(),
                    ClustersGrpc.getEvacuateMethod().getFullMethodName(),
                    RoutingGrpc.getBeatNodeMethod().getFullMethodName(),
                    MigrationsGrpc.getAbortMethod().getFullMethodName());
    private static final Set<String> OF_SERVERS =
            Set.of(PeersGrpc.SERVICE_NAME, RelayGrpc.SERVICE_NAME);
    private static final Set<String> OF_OPERATORS =
            Set.of(
                    ServersGrpc.SERVICE_NAME,
                    ClustersGrpc.SERVICE_NAME,
                    AccessGrpc.SERVICE_NAME,
                    HealthGrpc.SERVICE_NAME);
    private static final String CONSOLE = "/console/";
    private static final int SPARE_STREAMS_MIN = 64;
    private static final String CALLS_REMEDY =
            "wait for answers, or send what belongs together as a batch";
    private static final String WATCHES_REMEDY = "let those who want the same share a watch";

    private final CallerLimits limits;
    private final CallCounters counters;
    private final Places places;

    Connections(CallerLimits limits, CallCounters counters, Places places) {
        this.limits = limits;
        this.counters = counters;
        this.places = places;
    }

    /// Returns how many streams HTTP/2 is to let a connection have: more than calls, so that it is
    /// the call above the limit that is told.
    static int streams(CallerLimits limits) {
        int calls = limits.callsPerConnection();
        return calls + Math.max(SPARE_STREAMS_MIN, calls / 8);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        if (UNCOUNTED.contains(method)
                || OF_SERVERS.contains(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        ServiceRequestContext context = ServiceRequestContext.current();
        Optional<Load> found = load(context);
        if (found.isEmpty()) {
            return next.startCall(call, headers);
        }
        Load load = found.get();
        boolean watches = WATCH.equals(method);
        // Whatever ends a call, and whoever does, its log is then complete.
        var _ = context.log().whenComplete().thenRun(() -> left(load, watches));
        Optional<StatusRuntimeException> refused = enter(load, watches);
        if (refused.isEmpty() && needsPlace(call, context)) {
            refused = place(load, context);
        }
        if (refused.isPresent()) {
            Metadata trailers = refused.get().getTrailers();
            call.close(refused.get().getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }

    private static boolean needsPlace(ServerCall<?, ?> call, ServiceRequestContext context) {
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        return !OF_OPERATORS.contains(service) && !context.path().startsWith(CONSOLE);
    }

    /// All calls of a connection come on one thread.
    private Optional<StatusRuntimeException> place(Load load, ServiceRequestContext context) {
        if (load.placed) {
            return Optional.empty();
        }
        if (!places.take()) {
            places.refuse(context.remoteAddress());
            return Optional.of(
                    Statuses.of(
                            Failures.overloaded(
                                    "this server is full: limits.connections, "
                                            + limits.connections()
                                            + ", call it; close connections that are not needed,"
                                            + " call another server, or raise the limit")));
        }
        load.placed = true;
        var _ = load.connection.closeFuture().addListener(_ -> places.leave());
        return Optional.empty();
    }

    /// It counts also who is refused, until that call is over.
    private Optional<StatusRuntimeException> enter(Load load, boolean watches) {
        counters.held().increment();
        int calls = load.calls.incrementAndGet();
        int watching = watches ? load.watches.incrementAndGet() : 0;
        if (calls > limits.callsPerConnection()) {
            counters.refused().increment();
            return Optional.of(full("calls", limits.callsPerConnection(), CALLS_REMEDY));
        }
        if (watching > limits.watchesPerConnection()) {
            counters.watchesRefused().increment();
            return Optional.of(full("watches", limits.watchesPerConnection(), WATCHES_REMEDY));
        }
        return Optional.empty();
    }

    private void left(Load load, boolean watches) {
        counters.held().decrement();
        load.calls.getAndDecrement();
        if (watches) {
            load.watches.getAndDecrement();
        }
    }

    private static StatusRuntimeException full(String what, int max, String remedy) {
        return Statuses.of(
                Failures.overloaded(
                        "this connection is full: limits.%s-per-connection, %d, are under way; %s,"
                                        .formatted(what, max, remedy)
                                + " or open another connection"));
    }

    /// Empty for calls that come from within the server.
    private static Optional<Load> load(ServiceRequestContext context) {
        Channel connection = context.log().partial().channel();
        if (connection == null) {
            return Optional.empty();
        }
        Attribute<Load> attribute = connection.attr(LOAD);
        Load known = attribute.get();
        if (known == null) {
            Load begun = new Load(connection);
            Load meanwhile = attribute.setIfAbsent(begun);
            known = meanwhile == null ? begun : meanwhile;
        }
        return Optional.of(known);
    }

    /// What a connection has under way.
    private static final class Load {
        private final Channel connection;
        private boolean placed;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger watches = new AtomicInteger();

        Load(Channel connection) {
            this.connection = connection;
        }
    }
}
