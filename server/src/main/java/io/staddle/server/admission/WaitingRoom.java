package io.staddle.server.admission;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.grpc.ApiPort;
import io.staddle.server.peer.Deployment;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Where a server that never took its seat waits: it says to the other servers that it has no log,
/// and to everybody else that it is not there yet.
final class WaitingRoom implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofMillis(300);

    private final HostPort address;
    private final Server server;
    private final Greeting greeting;

    private WaitingRoom(ServerConfig config, String restored) {
        address = config.api();
        greeting = new Greeting(new Deployment(config.deployment()), restored);
        server =
                ApiPort.of(config)
                        .service(grpc(greeting))
                        .service("/livez", (_, _) -> HttpResponse.of("ok\n"))
                        .serviceUnder("/", (_, request) -> notYet(request))
                        .build();
    }

    private static GrpcService grpc(Greeting greeting) {
        // Servers speak protobuf; by default Armeria generates classes to speak JSON as well.
        return GrpcService.builder()
                .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                .addService(greeting)
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

    /// Waits until each of these servers was told that this one has no log, or for that long.
    void awaitTold(Set<ServerId> others, Duration patience) throws InterruptedException {
        greeting.awaitTold(others, patience);
    }

    /// Says nothing more, and leaves the address to the server.
    @Override
    public void close() {
        greeting.end();
        var _ = server.stop();
        long until = System.nanoTime() + CLOSING.toNanos();
        // Its end would take as long as the connections that others have to it.
        while (!server.activePorts().isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
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
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition another = lock.newCondition();

        // Guarded by the lock.
        private final Set<String> told = new HashSet<>();
        private boolean over;

        Greeting(Deployment deployment, String restored) {
            this.deployment = deployment;
            this.restored = restored;
        }

        @Override
        public void greet(GreetRequest request, StreamObserver<GreetAnswer> answers) {
            if (deployment.refuses(request.getDeployment(), answers)) {
                return;
            }
            if (!mayTell(request.getServer())) {
                answers.onError(
                        Status.UNAVAILABLE
                                .withDescription("this server takes its seat")
                                .asRuntimeException());
                return;
            }
            answers.onNext(GreetAnswer.newBuilder().setBlank(true).setRestored(restored).build());
            answers.onCompleted();
        }

        private boolean mayTell(String asker) {
            lock.lock();
            try {
                if (!over) {
                    told.add(asker);
                    another.signalAll();
                }
                return !over;
            } finally {
                lock.unlock();
            }
        }

        void awaitTold(Set<ServerId> others, Duration patience) throws InterruptedException {
            List<String> names = others.stream().map(ServerId::value).toList();
            lock.lock();
            try {
                long left = patience.toNanos();
                while (!told.containsAll(names) && left > 0) {
                    left = another.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        /// From here on this server may have a log.
        void end() {
            lock.lock();
            try {
                over = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
