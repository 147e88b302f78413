package io.staddle.server.admission;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.grpc.ApiPort;
import io.staddle.server.grpc.ServerStop;
import io.staddle.server.peer.Deployment;

import java.time.Duration;
import java.util.concurrent.CompletionException;

/// Where a server that never took its seat waits: it says to the other servers that it has no log,
/// and to everybody else that it is not there yet.
final class WaitingRoom implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofMillis(300);

    private final HostPort address;
    private final Server server;

    private WaitingRoom(ServerConfig config, String restored) {
        address = config.api();
        server =
                ApiPort.of(config)
                        .service(
                                GrpcService.builder()
                                        .addService(
                                                new Greeting(
                                                        new Deployment(config.deployment()),
                                                        restored))
                                        .build())
                        .service("/livez", (_, _) -> HttpResponse.of("ok\n"))
                        .serviceUnder("/", (_, request) -> notYet(request))
                        .build();
    }

    /// Listens where the server will.
    ///
    /// @param restored which state the data begin with; empty if they come from no backup
    /// @throws IllegalStateException if the address is taken
    static WaitingRoom open(ServerConfig config, String restored) {
        WaitingRoom room = new WaitingRoom(config, restored);
        try {
            room.server.start().join();
            return room;
        } catch (CompletionException e) {
            throw new IllegalStateException("cannot listen for clients: " + e.getCause(), e);
        }
    }

    HostPort address() {
        return address;
    }

    @Override
    public void close() {
        ServerStop.within(CLOSING, server);
    }

    /// Clients of gRPC go on to another server.
    private static HttpResponse notYet(HttpRequest request) {
        MediaType type = request.contentType();
        if (type == null || !type.subtype().startsWith("grpc")) {
            return HttpResponse.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    MediaType.PLAIN_TEXT_UTF_8,
                    """
                    [-]seat failed: it waits until all other servers have started
                    readyz check failed
                    """);
        }
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .set(HttpHeaderNames.CONTENT_TYPE, type.toString())
                        .set("grpc-status", Integer.toString(Status.Code.UNAVAILABLE.value()))
                        .set("grpc-message", "this server has not taken its seat yet")
                        .set("staddle-outcome", "none")
                        .build());
    }

    private static final class Greeting extends PeersGrpc.PeersImplBase {
        private final Deployment deployment;
        private final String restored;

        Greeting(Deployment deployment, String restored) {
            this.deployment = deployment;
            this.restored = restored;
        }

        @Override
        public void greet(GreetRequest request, StreamObserver<GreetAnswer> answers) {
            if (deployment.refuses(request.getDeployment(), answers)) {
                return;
            }
            answers.onNext(GreetAnswer.newBuilder().setBlank(true).setRestored(restored).build());
            answers.onCompleted();
        }
    }
}
