package io.staddle.server.console;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.server.config.ServerConfig;
import io.staddle.server.events.EventHub;
import io.staddle.server.raft.Quorum;

import java.util.List;

/// The web console of one server, on its API port (ADR 0024).
///
/// It decides nothing: what a page asks is the public API, called here or at the server that the
/// page names, and what it hears is the watch that all clients have.
public final class Console implements AutoCloseable {
    private final ServerConfig config;
    private final EventHub events;
    private final Pages pages = new Pages();
    private final Detour detour;
    private final Calls calls;
    private final HttpService metrics;

    /// Makes the console of a server.
    ///
    /// @param api the public API, as JSON, under `/staddle.v1.SERVICE/METHOD`
    /// @param metrics what `/metrics` answers
    public Console(
            ServerConfig config,
            Quorum quorum,
            EventHub events,
            HttpService api,
            HttpService metrics) {
        this.config = config;
        this.events = events;
        this.metrics = metrics;
        detour = new Detour(config.tls().isPresent());
        calls = new Calls(config, quorum, api, detour);
    }

    /// Adds the pages at `/` and below `/console/`.
    public void addTo(ServerBuilder http) {
        http.route()
                .get("/")
                .build((_, request) -> pages.page("index.html", request))
                .route()
                .get("/console/{file}")
                .build((call, request) -> pages.page(file(call), request))
                .route()
                .get("/console/api/site")
                .build((_, _) -> site())
                .route()
                .get("/console/api/events")
                .build((call, request) -> BrowserStream.open(call, request, events))
                .route()
                .get("/console/api/metrics")
                .build(calls.atNamedServer(metrics, HttpMethod.GET, "/metrics"))
                .route()
                .pathPrefix("/console/api/call")
                .methods(HttpMethod.POST)
                .build(calls);
    }

    /// Ends what is under way to other servers.
    @Override
    public void close() {
        detour.close();
    }

    private static String file(ServiceRequestContext call) {
        String file = call.pathParam("file");
        return file == null ? "" : file;
    }

    /// What a page must know before anything else: where it is, and what it may do.
    private HttpResponse site() {
        List<Site.Peer> servers =
                config.servers().stream()
                        .map(each -> new Site.Peer(each.id().value(), each.api().toString()))
                        .toList();
        return new Site(
                        config.server().value(),
                        config.deployment(),
                        config.consoleOperates(),
                        config.tls().isPresent(),
                        servers)
                .answer();
    }
}
