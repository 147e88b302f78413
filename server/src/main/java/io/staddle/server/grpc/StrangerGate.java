package io.staddle.server.grpc;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.Status;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.server.tls.Tls;

import java.util.Optional;
import java.util.Set;

/// Lets a server that is not let in yet, or was removed, ask what it is to the quorum, and nothing
/// else, whatever the mode of access is: its certificate alone makes no server of it.
///
/// What it may ask tells it about itself, and which build this is. It is looked at for each call,
/// so one that was removed is a stranger on the connections that it has, too.
final class StrangerGate implements DecoratingHttpServiceFunction {
    private static final Set<String> FOR_STRANGERS =
            Set.of(
                    "/" + PeersGrpc.getGreetMethod().getFullMethodName(),
                    "/" + PeersGrpc.getIntroduceMethod().getFullMethodName());

    private final Tls tls;

    StrangerGate(Tls tls) {
        this.tls = tls;
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext call, HttpRequest request)
            throws Exception {
        Optional<ServerId> stranger = tls.stranger(call.sslSession());
        return stranger.isEmpty() || FOR_STRANGERS.contains(call.path())
                ? service.serve(call, request)
                : refused(stranger.get(), request);
    }

    private static HttpResponse refused(ServerId stranger, HttpRequest request) {
        String why =
                "the certificate is that of %s, which is no server of this deployment, as this one"
                                .formatted(stranger)
                        + " knows: an operator lets it in with staddle server add";
        MediaType type = request.contentType();
        if (type == null || !type.subtype().startsWith("grpc")) {
            return HttpResponse.of(HttpStatus.FORBIDDEN, MediaType.PLAIN_TEXT_UTF_8, why + "\n");
        }
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .set(HttpHeaderNames.CONTENT_TYPE, type.toString())
                        .set("grpc-status", String.valueOf(Status.Code.PERMISSION_DENIED.value()))
                        .set("grpc-message", why)
                        .set("staddle-outcome", "none")
                        .build());
    }
}
