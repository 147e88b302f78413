package io.staddle.server.access;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets only those calls in that [MethodNeeds] allows, and ends streams whose caller is not allowed
/// them any more. Who calls is remembered for what handles the call.
public final class Gatekeeper implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> OUTCOME =
            Metadata.Key.of("staddle-outcome", Metadata.ASCII_STRING_MARSHALLER);
    private static final Need NOBODY_MAY = new Need.Serving();

    private final Access access;

    /// Guards by what `access` decides.
    public Gatekeeper(Access access) {
        this.access = access;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Optional<Need> row = MethodNeeds.of(method);
        if (row.isPresent() && row.get() instanceof Need.Nothing) {
            return next.startCall(call, headers);
        }
        ServiceRequestContext context = ServiceRequestContext.current();
        try {
            String authorization = headers.get(AUTHORIZATION);
            Principal caller =
                    access.identify(
                            authorization == null ? "" : authorization, context.sslSession());
            Access.remember(context, caller);
            return admit(new Admission<>(call, row.orElse(NOBODY_MAY), caller), headers, next);
        } catch (UnknownCallerException e) {
            return refused(call, Status.UNAUTHENTICATED.withDescription(e.getMessage()));
        }
    }

    private record Admission<Q, A>(ServerCall<Q, A> call, Need need, Principal caller) {}

    private <Q, A> ServerCall.Listener<Q> admit(
            Admission<Q, A> admission, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!access.isEnforced() && !isForServersAlone(admission)) {
            return next.startCall(admission.call(), headers);
        }
        if (admission.caller() instanceof Principal.Nobody) {
            access.unknown().increment();
            return refused(
                    admission.call(),
                    Status.UNAUTHENTICATED.withDescription(
                            "a token or a certificate of a client is needed (docs/security.md)"));
        }
        Optional<Refusal.Forbidden> no = access.refuse(admission.need(), admission.caller());
        if (no.isPresent()) {
            return refused(admission.call(), forbidden(no.get()));
        }
        Guarded<Q, A> guarded = new Guarded<>(admission.call(), access, admission);
        GuardedListener<Q> listener =
                new GuardedListener<>(next.startCall(guarded, headers), guarded);
        guarded.listener = Optional.of(listener);
        return listener;
    }

    private boolean isForServersAlone(Admission<?, ?> admission) {
        return access.knowsServers() && admission.need() instanceof Need.Serving;
    }

    private static <Q> ServerCall.Listener<Q> refused(ServerCall<Q, ?> call, Status why) {
        call.close(why, notDone());
        return new ServerCall.Listener<>() {};
    }

    private static Metadata notDone() {
        Metadata trailers = new Metadata();
        trailers.put(OUTCOME, "none");
        return trailers;
    }

    private static Status forbidden(Refusal.Forbidden why) {
        return Status.PERMISSION_DENIED.withDescription(RefusalText.of(why).message());
    }

    /// A call whose caller is looked at again for each message.
    private static final class Guarded<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Access access;
        private final Admission<Q, A> admission;
        private final boolean isStream;
        private volatile Optional<GuardedListener<Q>> listener = Optional.empty();

        /// Services answer from threads of their own, too.
        private final AtomicBoolean ended = new AtomicBoolean();

        Guarded(ServerCall<Q, A> call, Access access, Admission<Q, A> admission) {
            super(call);
            this.access = access;
            this.admission = admission;
            isStream = !call.getMethodDescriptor().getType().serverSendsOneMessage();
        }

        @Override
        public void sendMessage(A message) {
            if (!ended.get() && (!isStream || isAllowed(admission.need()))) {
                super.sendMessage(message);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (ended.compareAndSet(false, true)) {
                super.close(status, trailers);
            }
        }

        @Override
        public boolean isCancelled() {
            return ended.get() || super.isCancelled();
        }

        /// Tells whether the caller may still have this; if not, the call is over.
        boolean isAllowed(Need need) {
            Optional<Principal> now = access.again(admission.caller());
            if (now.isEmpty()) {
                access.unknown().increment();
                end(
                        Status.UNAUTHENTICATED.withDescription(
                                admission.caller().actor() + " was revoked, or has expired"));
                return false;
            }
            Optional<Refusal.Forbidden> no = access.refuse(need, now.get());
            no.ifPresent(why -> end(forbidden(why)));
            return no.isEmpty();
        }

        private void end(Status why) {
            close(why, notDone());
            // Whoever handles it would go on for nobody.
            listener.ifPresent(GuardedListener::onCancel);
        }
    }

    private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Guarded<Q, ?> call;

        GuardedListener(ServerCall.Listener<Q> handler, Guarded<Q, ?> call) {
            super(handler);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            boolean isAllowed =
                    !call.ended.get()
                            && MethodNeeds.ofRequest(message).map(call::isAllowed).orElse(true);
            if (isAllowed) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (!call.ended.get()) {
                super.onHalfClose();
            }
        }
    }
}
