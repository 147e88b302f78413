package io.staddle.server.console;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.console.Detour.Trip;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.Quorum;

import java.util.Optional;
import java.util.stream.Stream;

/// What pages ask: methods of the public API, by their names and with its JSON.
///
/// What shows something is answered here, or by the server that `?server=` names. What changes
/// something goes to the leader.
final class Calls implements HttpService {
    private final ServerConfig config;
    private final Quorum quorum;
    private final HttpService api;
    private final Detour detour;
    private final Guard guard;

    /// @param api finds the method by the mapped path of a request
    Calls(ServerConfig config, Quorum quorum, HttpService api, Detour detour) {
        this.config = config;
        this.quorum = quorum;
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
            Optional<ServerAddress> named = other(name);
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

    /// Finds also one that was added later than this server's configuration was written.
    private Optional<ServerAddress> other(String name) {
        return Stream.concat(
                        config.others().stream(),
                        quorum.roster().without(config.server()).stream().map(Member::address))
                .filter(each -> each.id().value().equals(name))
                .findFirst();
    }

    private HttpResponse operate(ServiceRequestContext call, AggregatedHttpRequest request) {
        String path = call.mappedPath();
        Optional<String> objection = Guard.objection(request.contentUtf8(), path.substring(1));
        if (objection.isPresent()) {
            return Json.problem(HttpStatus.BAD_REQUEST, objection.get());
        }
        Optional<ServerAddress> elsewhere = quorum.leader().flatMap(id -> other(id.value()));
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
