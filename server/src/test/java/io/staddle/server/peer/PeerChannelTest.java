package io.staddle.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.ReadIndexAnswer;
import io.staddle.api.peer.v1.ReadIndexRequest;
import io.staddle.server.config.HostPort;
import io.staddle.server.grpc.Acceptor;

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
    private static final PeerMethod<ReadIndexRequest, ReadIndexAnswer> INDEX =
            PeerMethod.of(PeersGrpc.getReadIndexMethod());

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

        assertThat(index(channel, "here").join()).isEqualTo(7);
        assertThat(index(channel, "here").join()).isEqualTo(7);
    }

    @Test
    void aNoSaysWhoSaidItAndWhy() {
        HostPort api = serve(0);

        assertThatThrownBy(() -> index(channels.to(api), "elsewhere").join())
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
                .until(() -> index(channel, "here").handle((_, failure) -> failure != null).join());
        assertThatThrownBy(() -> index(channel, "here").join())
                .hasMessageContaining("Connection refused");

        serve(api.port());

        await().atMost(Duration.ofMillis(500))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> index(channel, "here").handle((_, failure) -> failure == null).join());
    }

    @Test
    void aServerThatKeepsSilentFailsTheCallAfterThePatience() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PeerChannels impatient = new PeerChannels(Duration.ofMillis(50))) {
            PeerChannel channel = impatient.to(new HostPort("127.0.0.1", silent.getLocalPort()));

            assertThatThrownBy(() -> index(channel, "here").join())
                    .hasMessageContaining("DEADLINE_EXCEEDED");
        }
    }

    private static CompletableFuture<Long> index(PeerChannel channel, String deployment) {
        ReadIndexRequest request = ReadIndexRequest.newBuilder().setDeployment(deployment).build();
        return channel.call(INDEX, request, ReadIndexAnswer::getIndex);
    }

    private HostPort serve(int port) {
        Server started =
                Server.builder()
                        .bossGroupFactory(Acceptor::named)
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .service(GrpcService.builder().addService(new Indexes()).build())
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

    /// Tells an index to those that ask from `here`.
    private static final class Indexes extends PeersGrpc.PeersImplBase {
        @Override
        public void readIndex(ReadIndexRequest request, StreamObserver<ReadIndexAnswer> answers) {
            if (request.getDeployment().equals("here")) {
                answers.onNext(ReadIndexAnswer.newBuilder().setIndex(7).build());
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
