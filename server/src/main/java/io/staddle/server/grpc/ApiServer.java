package io.staddle.server.grpc;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.staddle.server.access.Access;
import io.staddle.server.access.Gatekeeper;
import io.staddle.server.access.HttpGate;
import io.staddle.server.config.Limits;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.console.Console;
import io.staddle.server.events.EventHub;
import io.staddle.server.front.CallCounters;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.Places;
import io.staddle.server.front.ReadFront;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.peer.Deployment;
import io.staddle.server.raft.PeerApi;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Version;
import io.staddle.server.trace.Tracing;
import io.staddle.server.watch.AccessMetrics;
import io.staddle.server.watch.CallMetrics;
import io.staddle.server.watch.Check;
import io.staddle.server.watch.Health;
import io.staddle.server.watch.ServerMetrics;
import io.staddle.server.watch.WatchMetrics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The one port for clients: gRPC, the same as JSON for scripts, health, metrics, the web console.
///
/// Handlers run on the event loops; only reads of many rows run on threads of their own. Nothing is
/// timed, logged or metered per call: the fronts keep deadlines with one timer for all.
public final class ApiServer implements AutoCloseable {
    private static final int LONG_CALL_THREADS = 4;
    private static final int SPARE_CONNECTIONS_MIN = 1_000;
    private static final List<String> SERVICES =
            List.of(
                    "Directory",
                    "Clusters",
                    "Replay",
                    "Routing",
                    "Migrations",
                    "Barriers",
                    "Batch",
                    "Events",
                    "Access",
                    "Servers");
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final MediaType PROMETHEUS = MediaType.parse("text/plain; version=0.0.4");

    private final ExecutorService longCalls =
            Executors.newFixedThreadPool(
                    LONG_CALL_THREADS, Thread.ofPlatform().name("long-call-", 0).factory());
    private final EventLoopGroup workers =
            EventLoopGroups.newEventLoopGroup(
                    Math.max(2, Runtime.getRuntime().availableProcessors()), "api");
    private final HealthStatusManager healthService = new HealthStatusManager();
    private final Health health;
    private final BeatDoor door;
    private final PeerApi peers;
    private final EventHub events;
    private final Console console;
    private final HttpGate gate;
    private final Tracing tracing;
    private final Server server;

    /// Makes the server; it listens once started.
    public ApiServer(
            ServerConfig config,
            ServerPortrait portrait,
            CommandFront commandFront,
            ReadFront readFront,
            Health health,
            ServerMetrics metrics,
            Quorum quorum,
            Liveness liveness) {
        this.health = health;
        Limits limits = config.limits();
        InstantSource clock = quorum.clock();
        Access access = access(config, quorum, metrics);
        tracing = Tracing.of(config, Version.MINE);
        CommandGate admission = new CommandGate(access, new LevelGate(quorum, portrait.builds()));
        Commands commands = new Commands(commandFront, limits, admission, tracing);
        Reads reads = new Reads(readFront, limits, longCalls, clock, tracing);
        Beats beats = new Beats(quorum, commands, clock, liveness);
        door = door(config, quorum, beats, liveness);
        events = new EventHub(quorum, longCalls, limits.callers().watches());
        Connections connections = connections(limits, metrics.registry(), events);
        peers = quorum.peers();
        GrpcService services =
                grpc(limits)
                        .intercept(new Gatekeeper(access), connections)
                        .addService(
                                new DirectoryService(
                                        commands, reads, new Explanations(reads, clock)))
                        .addService(new ReplayService(commands, reads, clock))
                        .addService(new ClustersService(commands, reads, beats, door, clock))
                        .addService(
                                new RoutingService(
                                        commands,
                                        reads,
                                        new NodeBeats(quorum, commands, clock, liveness.ghosts())))
                        .addService(new MigrationsService(commands, reads, clock))
                        .addService(new BarriersService(commands, reads))
                        .addService(new BatchService(commands, reads))
                        .addService(new EventsService(reads, events, clock))
                        .addService(new AccessService(commands, reads, access))
                        .addService(new ServersService(portrait, commands, reads, longCalls))
                        .addService(peers)
                        .addService(new PassedBeats(new Deployment(config.deployment()), beats))
                        .addService(healthService.getHealthService())
                        .addService(ProtoReflectionServiceV1.newInstance())
                        .build();
        console = new Console(config, quorum, events, services, (_, _) -> metrics(metrics));
        gate = new HttpGate(access);
        server = routes(config, services, metrics).build();
    }

    /// Listens.
    ///
    /// @throws IllegalStateException if the address is taken
    public void start() {
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("cannot listen for clients: " + e.getCause(), e);
        }
    }

    /// Returns the port; another one than configured if that was 0.
    public int port() {
        return server.activeLocalPort();
    }

    /// Tells the standard health service what [Health] says. To be called several times a
    /// second.
    public void tellHealth() {
        boolean ready = health.isReady();
        ServingStatus status = ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        healthService.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        for (String name : SERVICES) {
            healthService.setStatus("staddle.v1." + name, status);
        }
    }

    /// Takes no more connections, waits a moment for calls that are being answered, and ends.
    @Override
    public void close() {
        door.close();
        peers.close();
        events.close();
        console.close();
        ServerStop.within(DRAIN, server);
        workers.shutdownGracefully(0, DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
        longCalls.shutdownNow();
        tracing.close();
    }

    private static BeatDoor door(
            ServerConfig config, Quorum quorum, Beats beats, Liveness liveness) {
        BeatRelay relay = new BeatRelay(config, quorum, liveness.counters().passed());
        return new BeatDoor(quorum, config.limits(), beats, relay);
    }

    /// It is the first to be asked about a call.
    private static Connections connections(Limits limits, MeterRegistry registry, EventHub events) {
        CallCounters calls = new CallCounters();
        Places places = new Places(limits.callers().connections());
        WatchMetrics.bind(registry, events);
        CallMetrics.bind(registry, calls, places, events);
        return new Connections(limits.callers(), calls, places);
    }

    private static Access access(ServerConfig config, Quorum quorum, ServerMetrics metrics) {
        Access access = new Access(config, quorum::view, quorum.clock());
        metrics.add(new AccessMetrics(access));
        return access;
    }

    private ServerBuilder routes(ServerConfig config, GrpcService services, ServerMetrics metrics) {
        ServerBuilder http =
                http(config)
                        .service(services)
                        .service("/livez", (call, _) -> livez(call))
                        .service("/readyz", (call, _) -> readyz(call))
                        .service("/metrics", (_, _) -> metrics(metrics))
                        .decorator("/metrics", gate)
                        .decoratorUnder("/console/api/", gate);
        console.addTo(http);
        return http;
    }

    private ServerBuilder http(ServerConfig config) {
        return ApiPort.of(config)
                .workerGroup(workers, false)
                .requestTimeoutMillis(0)
                .maxRequestLength(config.limits().messageBytes() + 1_024L)
                .errorHandler(new LargeBodies(config.limits().messageBytes()))
                .maxNumConnections(open(config.limits().callers().connections()))
                .http2MaxStreamsPerConnection(Connections.streams(config.limits().callers()))
                .gracefulShutdownTimeout(Duration.ofMillis(100), DRAIN)
                // A caller that went away is no news.
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .meterRegistry(NoopMeterRegistry.get());
    }

    /// How many connections are open at all: others than those that are counted, and those that are
    /// told that there are too many. Who exceeds this is closed without a word.
    private static int open(int connections) {
        return connections + Math.max(SPARE_CONNECTIONS_MIN, connections);
    }

    private static com.linecorp.armeria.server.grpc.GrpcServiceBuilder grpc(Limits limits) {
        // Armeria's default generates classes for every message before it listens.
        GrpcJsonMarshaller json = GrpcJsonMarshaller.ofGson();
        return GrpcService.builder()
                .supportedSerializationFormats(GrpcSerializationFormats.values())
                .jsonMarshallerFactory(_ -> json)
                .enableUnframedRequests(true)
                .useClientTimeoutHeader(false)
                .maxRequestMessageLength(limits.messageBytes())
                .exceptionHandler(new LargeRequests(limits.messageBytes()));
    }

    private HttpResponse livez(ServiceRequestContext call) {
        return checked("livez", health.liveChecks(), call);
    }

    private HttpResponse readyz(ServiceRequestContext call) {
        return checked("readyz", health.readyChecks(), call);
    }

    /// Answers as Kubernetes does: everything if something is wrong or it was asked for.
    private static HttpResponse checked(
            String endpoint, List<Check> checks, ServiceRequestContext call) {
        boolean passed = Check.pass(checks);
        boolean all = !passed || call.queryParams().contains("verbose");
        return HttpResponse.of(
                passed ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                MediaType.PLAIN_TEXT_UTF_8,
                all ? Check.lines(endpoint, checks) : "ok\n");
    }

    private static HttpResponse metrics(ServerMetrics metrics) {
        return HttpResponse.of(HttpStatus.OK, PROMETHEUS, metrics.scrape());
    }
}
