package io.staddle.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.server.access.Access;
import io.staddle.server.access.Principal;
import io.staddle.server.config.Limits;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Whoever made the call that is being handled.
///
/// @param eventLoop the only thread that touches its connection
/// @param deadlineNanos when it stops waiting, by [System#nanoTime]
/// @param principal who it is, as far as that is proved
record Caller(Executor eventLoop, long deadlineNanos, Principal principal) {
    /// Returns the only thread that touches the connection of the call that this thread handles.
    static Executor currentEventLoop() {
        return ServiceRequestContext.current().eventLoop().withoutContext();
    }

    /// Returns the caller of the call that this thread handles.
    static Caller current(Limits limits) {
        ServiceRequestContext context = ServiceRequestContext.current();
        long max = TimeUnit.MILLISECONDS.toNanos(limits.deadlineMillis());
        String timeout = context.request().headers().get("grpc-timeout", "");
        return new Caller(
                context.eventLoop().withoutContext(),
                System.nanoTime() + Deadlines.nanos(timeout, max),
                Access.caller());
    }
}
