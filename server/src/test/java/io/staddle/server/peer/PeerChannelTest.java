package io.staddle.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.TermAnswer;
import io.staddle.api.peer.v1.TermRequest;
import io.staddle.server.config.HostPort;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Real sockets on both sides.
final class PeerChannelTest {
    private static final PeerMethod<TermRequest, TermAnswer> TERM =
            PeerMethod.of(PeersGrpc.getTermMethod());

    private final PeerChannels channels = new PeerChannels(Duration.ofSeconds(2));
    private Optional<Server> server = Optional.empty();

    @AfterEach
    void stop() {
        channels.close();
        server.ifPresent(running -> running.stop().join());
    }

    @Test
    void theServersAnswerComesBack() {
        PeerChannel channel = channels.to(serve(0));

        assertThat(term(channel, "here").join()).isEqualTo(7);
        assertThat(term(channel, "here").join()).isEqualTo(7);
    }

    @Test
    void aNoSaysWhoSaidItAndWhy() {
        HostPort api = serve(0);

        assertThatThrownBy(() -> term(channels.to(api), "elsewhere").join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(PeerException.class)
                .hasMessage(api + ": FAILED_PRECONDITION: not elsewhere");
    }

    @Test
    void aServerThatIsDownFailsCallsAndOnceBackIsReachedWithoutDelay() throws IOException {
        HostPort api = new HostPort("127.0.0.1", freePort());
        PeerChannel channel = channels.to(api);
        // By then gRPC's own pause between attempts has grown to more than two seconds.
        await().during(Duration.ofMillis(3_300))
                .atMost(Duration.ofSeconds(30))
                .until(() -> term(channel, "here").handle((_, failure) -> failure != null).join());
        assertThatThrownBy(() -> term(channel, "here").join())
                .hasMessageContaining("Connection refused");

        serve(api.port());

        await().atMost(Duration.ofMillis(500))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> term(channel, "here").handle((_, failure) -> failure == null).join());
    }

    @Test
    void aServerThatKeepsSilentFailsTheCallAfterThePatience() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PeerChannels impatient = new PeerChannels(Duration.ofMillis(50))) {
            PeerChannel channel = impatient.to(new HostPort("127.0.0.1", silent.getLocalPort()));

            assertThatThrownBy(() -> term(channel, "here").join())
                    .hasMessageContaining("DEADLINE_EXCEEDED");
        }
    }

    private static CompletableFuture<Long> term(PeerChannel channel, String deployment) {
        TermRequest request = TermRequest.newBuilder().setDeployment(deployment).build();
        return channel.call(TERM, request, TermAnswer::getTerm);
    }

    private HostPort serve(int port) {
        Server started =
                Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .service(GrpcService.builder().addService(new Terms()).build())
                        .build();
        started.start().join();
        server = Optional.of(started);
        return new HostPort("127.0.0.1", started.activeLocalPort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Tells a term to those that ask from `here`.
    private static final class Terms extends PeersGrpc.PeersImplBase {
        @Override
        public void term(TermRequest request, StreamObserver<TermAnswer> answers) {
            if (request.getDeployment().equals("here")) {
                answers.onNext(TermAnswer.newBuilder().setTerm(7).build());
                answers.onCompleted();
            } else {
                answers.onError(
                        Status.FAILED_PRECONDITION
                                .withDescription("not " + request.getDeployment())
                                .asRuntimeException());
            }
        }
    }
}
