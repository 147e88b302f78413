package io.staddle.server.access;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.api.refusal.RefusalText;

import java.util.Optional;

/// Lets only those have what is not gRPC, metrics and what the console's pages ask, who may read.
/// What pages change is decided on as for everybody, by the methods that they call.
public final class HttpGate implements DecoratingHttpServiceFunction {
    /// Only pages of the console send it: a browser lets no page of others add it.
    public static final String CONSOLE_HEADER = "x-staddle-console";

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
                return unknown(request, "a token or a certificate of a client is needed");
            }
            Optional<String> no =
                    access.refuse(READING, caller).map(why -> RefusalText.of(why).message());
            return no.isPresent()
                    ? HttpResponse.of(
                            HttpStatus.FORBIDDEN, MediaType.PLAIN_TEXT_UTF_8, no.get() + "\n")
                    : service.serve(call, request).mapData(data -> ifStill(caller, data));
        } catch (UnknownCallerException e) {
            return unknown(request, String.valueOf(e.getMessage()));
        }
    }

    /// Ends what is still being answered to somebody who was let in and may not read any more.
    private HttpData ifStill(Principal caller, HttpData data) {
        boolean reads =
                access.again(caller)
                        .filter(now -> access.refuse(READING, now).isEmpty())
                        .isPresent();
        if (!reads) {
            data.close();
            throw new ClosedStreamException(caller.actor() + " may not read any more");
        }
        return data;
    }

    /// A browser asks its user for a password then, which is the token; the console's pages ask
    /// for it themselves, and so want no browser to.
    private static HttpResponse unknown(HttpRequest request, String why) {
        String scheme = request.headers().contains(CONSOLE_HEADER) ? "Bearer" : "Basic";
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.UNAUTHORIZED)
                        .contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .set(HttpHeaderNames.WWW_AUTHENTICATE, scheme + " realm=\"staddle\"")
                        .build(),
                HttpData.ofUtf8(why + "\n"));
    }
}
