package io.staddle.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.stub.StreamObserver;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.TermAnswer;
import io.staddle.api.peer.v1.TermRequest;
import io.staddle.server.config.HostPort;
import io.staddle.server.grpc.Acceptor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Real sockets on both sides.
final class PeerStreamTest {
    private static final PeerMethod<TermRequest, TermAnswer> TERMS =
            PeerMethod.of(PeersGrpc.getTermsMethod());

    private final PeerChannels channels = new PeerChannels(Duration.ofSeconds(2));
    private final Echo echo = new Echo();
    private Optional<Server> server = Optional.empty();

    @AfterEach
    void stop() {
        channels.close();
        stopServer();
    }

    @Test
    void eachQuestionGetsItsAnswerOverOneStream() {
        PeerStream<TermRequest, TermAnswer> stream = channels.to(serve(0)).stream(TERMS);
        List<CompletableFuture<Long>> answers =
                IntStream.range(0, 500).mapToObj(i -> ask(stream, i)).toList();

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(Long::valueOf).toList());
        assertThat(echo.streams).hasValue(1);
    }

    @Test
    void aStreamThatEndsFailsWhatWaitsAndTheNextQuestionOpensAnother() {
        PeerStream<TermRequest, TermAnswer> stream = channels.to(serve(0)).stream(TERMS);
        echo.silent = true;
        CompletableFuture<Long> waiting = ask(stream, 1);
        await().until(() -> echo.asked.get() == 1);
        echo.answers.forEach(StreamObserver::onCompleted);
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("the stream ended");

        echo.silent = false;
        assertThat(ask(stream, 2).join()).isEqualTo(2);
        assertThat(echo.streams).hasValue(2);
    }

    @Test
    void aServerThatIsGoneFailsQuestionsAtOnceAndIsAskedAgainWhenItIsBack() {
        HostPort api = serve(0);
        PeerStream<TermRequest, TermAnswer> stream = channels.to(api).stream(TERMS);
        assertThat(ask(stream, 1).join()).isEqualTo(1);
        stopServer();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThatThrownBy(() -> ask(stream, 2).join())
                                .cause()
                                .isInstanceOf(PeerException.class)
                                .hasMessageContaining("Connection refused"));

        serve(api.port());
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ask(stream, 3).handle((_, failure) -> failure == null).join());
    }

    @Test
    void aServerThatHangsFailsTheQuestionAfterThePatienceAndIsNotAskedWithoutEnd() {
        echo.silent = true;
        try (PeerChannels impatient = new PeerChannels(Duration.ofMillis(50))) {
            PeerStream<TermRequest, TermAnswer> stream = impatient.to(serve(0)).stream(TERMS);
            assertThatThrownBy(() -> ask(stream, 1).join())
                    .cause()
                    .isInstanceOf(PeerException.class);
            List<CompletableFuture<Long>> more =
                    IntStream.range(0, 1_100).mapToObj(i -> ask(stream, i)).toList();
            assertThatThrownBy(() -> more.getLast().join())
                    .hasMessageContaining("1000 questions wait already");
        }
    }

    private static CompletableFuture<Long> ask(
            PeerStream<TermRequest, TermAnswer> stream, int number) {
        TermRequest question =
                TermRequest.newBuilder().setDeployment(Integer.toString(number)).build();
        return stream.ask(question).thenApply(TermAnswer::getTerm);
    }

    private void stopServer() {
        server.ifPresent(running -> running.stop().join());
        server = Optional.empty();
    }

    private HostPort serve(int port) {
        Server started =
                Server.builder()
                        .bossGroupFactory(Acceptor::named)
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .gracefulShutdownTimeoutMillis(0, 0)
                        .service(GrpcService.builder().addService(echo).build())
                        .build();
        started.start().join();
        server = Optional.of(started);
        return new HostPort("127.0.0.1", started.activeLocalPort());
    }

    /// Answers each question with the number that it names.
    private static final class Echo extends PeersGrpc.PeersImplBase {
        final AtomicInteger streams = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        final List<StreamObserver<TermAnswer>> answers = new CopyOnWriteArrayList<>();
        volatile boolean silent;

        @Override
        public StreamObserver<TermRequest> terms(StreamObserver<TermAnswer> observer) {
            streams.incrementAndGet();
            answers.add(observer);
            return new StreamObserver<>() {
                @Override
                public void onNext(TermRequest request) {
                    asked.incrementAndGet();
                    if (!silent) {
                        long number = Long.parseLong(request.getDeployment());
                        observer.onNext(TermAnswer.newBuilder().setTerm(number).build());
                    }
                }

                @Override
                public void onError(Throwable gone) {}

                @Override
                public void onCompleted() {}
            };
        }
    }
}
