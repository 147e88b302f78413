package io.staddle.server.console;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.console.Detour.Trip;

import java.util.Optional;
import java.util.function.Supplier;

/// What pages ask: methods of the public API, by their names and with its JSON.
///
/// What shows something is answered here, or by the server that `?server=` names. What changes
/// something goes to the leader.
final class Calls implements HttpService {
    private final ServerConfig config;
    private final Supplier<Optional<ServerId>> leader;
    private final HttpService api;
    private final Detour detour;
    private final Guard guard;

    /// @param api finds the method by the mapped path of a request
    Calls(
            ServerConfig config,
            Supplier<Optional<ServerId>> leader,
            HttpService api,
            Detour detour) {
        this.config = config;
        this.leader = leader;
        this.api = api;
        this.detour = detour;
        guard = new Guard(config);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext call, HttpRequest request) throws Exception {
        String method = call.mappedPath().substring(1);
        if (Methods.shows(method)) {
            return atNamedServer(api, HttpMethod.POST, call.mappedPath()).serve(call, request);
        }
        if (!Methods.operates(method)) {
            return Json.problem(HttpStatus.NOT_FOUND, "the console does not call " + method);
        }
        Optional<String> objection = guard.objection(request.headers());
        if (objection.isPresent()) {
            return Json.problem(HttpStatus.FORBIDDEN, objection.get());
        }
        return HttpResponse.of(request.aggregate().thenApply(whole -> operate(call, whole)));
    }

    /// Returns a service that answers for the server that `?server=` names.
    ///
    /// @param here answers for this one
    /// @param path of the same at the others
    HttpService atNamedServer(HttpService here, HttpMethod method, String path) {
        return (call, request) -> {
            String name = call.queryParam("server");
            if (name == null || name.equals(config.server().value())) {
                return here.serve(call, request);
            }
            Optional<ServerAddress> named =
                    config.others().stream()
                            .filter(each -> each.id().value().equals(name))
                            .findFirst();
            if (named.isEmpty()) {
                return Json.problem(HttpStatus.NOT_FOUND, "there is no server " + name);
            }
            return HttpResponse.of(
                    request.aggregate()
                            .thenApply(whole ->
                                    detour.take(
                                            new Trip(
                                                    named.get(),
                                                    method.name(),
                                                    path,
                                                    whole.contentUtf8()))));
        };
    }

    private HttpResponse operate(ServiceRequestContext call, AggregatedHttpRequest request) {
        String path = call.mappedPath();
        Optional<String> objection =
                Guard.objection(request.contentUtf8(), Methods.isPlanned(path.substring(1)));
        if (objection.isPresent()) {
            return Json.problem(HttpStatus.BAD_REQUEST, objection.get());
        }
        Optional<ServerAddress> elsewhere =
                leader.get()
                        .flatMap(id ->
                                config.others().stream()
                                        .filter(each -> each.id().equals(id))
                                        .findFirst());
        if (elsewhere.isPresent()) {
            return detour.take(new Trip(elsewhere.get(), "POST", path, request.contentUtf8()));
        }
        try {
            return api.serve(call, request.toHttpRequest());
        } catch (Exception e) {
            throw new IllegalStateException("the API takes every request", e);
        }
    }
}
