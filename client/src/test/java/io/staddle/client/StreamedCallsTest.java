package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Against a real server that does what the test says.
final class StreamedCallsTest {
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private Server server;
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new Clusters())
                        .build()
                        .start();
        Endpoint endpoint = new Endpoint("127.0.0.1", server.getPort());
        peer =
                new Peer(
                        endpoint,
                        () ->
                                NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
                                        .usePlaintext()
                                        .build());
    }

    @AfterEach
    void stop() {
        peer.close();
        server.shutdownNow();
    }

    @Test
    void callsShareAStreamAndGetTheirOwnAnswersInAnyOrder() {
        One first = new One("first");
        One second = new One("second");
        Stream stream = awaitStream(1, 2);
        stream.answer(1);
        stream.answer(0);

        await().until(() -> first.isOver() && second.isOver());
        assertThat(first.answers).containsExactly("first");
        assertThat(second.answers).containsExactly("second");
        assertThat(first.status()).isEqualTo(Status.Code.OK);
        assertThat(streams).hasSize(1);
    }

    @Test
    void whatEndsTheStreamEndsTheCallsThatHaveNoAnswerAndTheNextOpensAnother() {
        One answered = new One("answered");
        One open = new One("open");
        Stream stream = awaitStream(1, 2);
        stream.answer(0);
        await().until(answered::isOver);
        Metadata trailers = new Metadata();
        trailers.put(Failure.LEADER, "127.0.0.1:7");
        stream.answers.onError(Status.UNAVAILABLE.asRuntimeException(trailers));

        await().until(open::isOver);
        assertThat(open.status()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(open.trailers.get(Failure.LEADER)).isEqualTo("127.0.0.1:7");
        assertThat(answered.closes).hasSize(1);
        One next = new One("next");
        awaitStream(2, 1).answer(0);
        await().until(next::isOver);
        assertThat(next.answers).containsExactly("next");
    }

    @Test
    void aStreamThatTheServerEndsInOrderFailsWhoStillWaits() {
        One open = new One("open");
        awaitStream(1, 1).answers.onCompleted();
        await().until(open::isOver);
        assertThat(open.status()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void whoGaveUpGetsNoLateAnswerAndTheOthersGetTheirs() {
        One first = new One("first");
        One second = new One("second");
        Stream stream = awaitStream(1, 2);
        first.call.cancel("too late", null);
        assertThat(first.status()).isEqualTo(Status.Code.CANCELLED);
        stream.answer(0);
        stream.answer(1);

        await().until(second::isOver);
        assertThat(second.answers).containsExactly("second");
        assertThat(first.answers).isEmpty();
        assertThat(first.closes).hasSize(1);
    }

    @Test
    void aServerThatIsGoneFailsThem() {
        One open = new One("open");
        awaitStream(1, 1);
        server.shutdownNow();
        await().until(open::isOver);
        assertThat(open.status()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
        assertThat(open.closes).hasSize(1);
    }

    private Stream awaitStream(int count, int beats) {
        await().until(() -> streams.size() == count && streams.getLast().beats.size() == beats);
        return streams.getLast();
    }

    /// One beat.
    private final class One extends ClientCall.Listener<BeatAnswer> {
        final List<String> answers = new CopyOnWriteArrayList<>();
        final List<Status> closes = new CopyOnWriteArrayList<>();
        final ClientCall<BeatRequest, BeatAnswer> call;
        volatile Metadata trailers = new Metadata();

        One(String cluster) {
            call = peer.beats().newCall(CallOptions.DEFAULT);
            call.start(this, new Metadata());
            call.request(2);
            call.sendMessage(BeatRequest.newBuilder().setCluster(cluster).build());
            call.halfClose();
        }

        boolean isOver() {
            return !closes.isEmpty();
        }

        Status.Code status() {
            return closes.get(0).getCode();
        }

        @Override
        public void onMessage(BeatAnswer answer) {
            answers.add(answer.getCluster().getId());
        }

        @Override
        public void onClose(Status status, Metadata last) {
            trailers = last;
            closes.add(status);
        }
    }

    /// What the server sees of a stream.
    private static final class Stream implements StreamObserver<BeatRequest> {
        final StreamObserver<BeatAnswer> answers;
        final List<BeatRequest> beats = new CopyOnWriteArrayList<>();

        Stream(StreamObserver<BeatAnswer> answers) {
            this.answers = answers;
        }

        void answer(int beat) {
            BeatRequest request = beats.get(beat);
            BeatAnswer.Builder answer = BeatAnswer.newBuilder().setNumber(request.getNumber());
            answer.getClusterBuilder().setId(request.getCluster());
            answers.onNext(answer.build());
        }

        @Override
        public void onNext(BeatRequest request) {
            beats.add(request);
        }

        @Override
        public void onError(Throwable why) {}

        @Override
        public void onCompleted() {}
    }

    private final class Clusters extends ClustersGrpc.ClustersImplBase {
        @Override
        public StreamObserver<BeatRequest> keepBeating(StreamObserver<BeatAnswer> observer) {
            Stream stream = new Stream(observer);
            streams.add(stream);
            return stream;
        }
    }
}
