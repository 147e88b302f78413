package io.staddle.server.access;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.api.refusal.RefusalText;

import java.util.Optional;

/// Lets only those have what is not gRPC, metrics and what the console's pages ask, who may read.
/// What pages change is decided on as for everybody, by the methods that they call.
public final class HttpGate implements DecoratingHttpServiceFunction {
    private static final Need READING = new Need.Reading();

    private final Access access;

    /// Guards by what `access` decides.
    public HttpGate(Access access) {
        this.access = access;
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext call, HttpRequest request)
            throws Exception {
        if (!access.isEnforced()) {
            return service.serve(call, request);
        }
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        try {
            Principal caller = access.identify(authorization, call.sslSession());
            if (caller instanceof Principal.Nobody) {
                access.unknown().increment();
                return unknown("a token or a certificate of a client is needed");
            }
            Optional<String> no =
                    access.refuse(READING, caller).map(why -> RefusalText.of(why).message());
            return no.isPresent()
                    ? HttpResponse.of(
                            HttpStatus.FORBIDDEN, MediaType.PLAIN_TEXT_UTF_8, no.get() + "\n")
                    : service.serve(call, request);
        } catch (UnknownCallerException e) {
            return unknown(String.valueOf(e.getMessage()));
        }
    }

    /// A browser asks its user then; the token is the password.
    private static HttpResponse unknown(String why) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.UNAUTHORIZED)
                        .contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"staddle\"")
                        .build(),
                HttpData.ofUtf8(why + "\n"));
    }
}
