package io.staddle.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;
import io.staddle.server.grpc.Acceptor;
import io.staddle.server.testing.Configs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Server `s1`, whose log is empty, asks `s2` and `s3`, over real sockets.
final class PeerInquiryTest {
    private static final GreetAnswer BLANK = GreetAnswer.newBuilder().setBlank(true).build();
    private static final GreetAnswer STRANGER = GreetAnswer.newBuilder().setCurrent(true).build();

    @TempDir Path directory;
    private final Identity mine = new Identity("test", new ServerId("s1"), "new");
    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private List<ServerConfig> configs = List.of();
    private PeerInquiry inquiry;

    @BeforeEach
    void prepare() {
        configs = Configs.three(directory);
        inquiry = new PeerInquiry(configs.getFirst(), mine, "");
    }

    @AfterEach
    void stop() {
        inquiry.close();
        for (Server server : servers) {
            server.stop().join();
        }
    }

    @Test
    void whoIsAloneNeedsNobody() throws InterruptedException {
        PeerInquiry.await(Configs.alone(directory), mine, "");
    }

    @Test
    void serversThatStartTogetherLetEachOtherIn() throws InterruptedException {
        List<Thread> starts = new ArrayList<>();
        List<String> seated = new CopyOnWriteArrayList<>();
        for (ServerConfig config : configs) {
            starts.add(Thread.ofPlatform().start(() -> take(config, seated)));
        }
        for (Thread start : starts) {
            start.join();
        }
        assertThat(seated).containsExactlyInAnyOrder("s1", "s2", "s3");
    }

    @Test
    void whileOneOfTheOthersIsSilentTheSeatStaysEmpty() {
        answer(1, _ -> STRANGER);
        inquiry.ask();
        assertThat(inquiry.isOver()).as("s3 may know that the disk was lost").isFalse();
        assertThat(inquiry.waitsFor()).startsWith("s3 (").contains("Connection refused");
        answer(2, _ -> BLANK);
        askUntilItIsOver();
    }

    @Test
    void aServerThatHasALogButNoQuorumDecidesNothing() {
        answer(1, _ -> GreetAnswer.getDefaultInstance());
        answer(2, _ -> BLANK);
        inquiry.ask();
        assertThat(inquiry.isOver()).isFalse();
    }

    @Test
    void whatWasSaidOnceIsRemembered() {
        answer(1, _ -> BLANK);
        inquiry.ask();
        servers.getFirst().stop().join();
        answer(2, _ -> BLANK);
        askUntilItIsOver();
    }

    @Test
    void whoIsNotInAQuorumThatRunsNeedsNoMoreThanOneWhoSaysSo() throws InterruptedException {
        answer(1, _ -> STRANGER.toBuilder().setStranger(true).build());
        askUntilItIsOver();
        assertThat(PeerInquiry.await(configs.getFirst(), mine, "")).as("a stranger").isTrue();
    }

    @Test
    void whoIsInAQuorumThatIsNotSureOfItselfWaits() {
        answer(1, _ -> GreetAnswer.newBuilder().setStranger(true).build());
        answer(2, _ -> BLANK);
        inquiry.ask();
        assertThat(inquiry.isOver()).isFalse();
    }

    @Test
    void whoIsKnownWithAnotherDiskIsRefusedEvenIfThatIsOld() {
        answer(1, _ -> GreetAnswer.newBuilder().setKnown("old").build());
        assertThatThrownBy(this::askUntilItIsOver)
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("server s2 knows server s1")
                .hasMessageContaining("its disk was wiped or swapped");
    }

    @Test
    void whoIsKnownWithThisDiskIsLetIn() {
        GreetAnswer known = GreetAnswer.newBuilder().setCurrent(true).setKnown("new").build();
        answer(1, _ -> known);
        answer(2, _ -> known);
        askUntilItIsOver();
    }

    @Test
    void whoBeginsWithNothingBesideARestoredServerIsRefused() {
        answer(1, _ -> BLANK.toBuilder().setRestored("9000 abc").build());
        assertThatThrownBy(this::askUntilItIsOver)
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("Server s2 begins with the restored state 9000 abc")
                .hasMessageContaining("this one with no data");
    }

    @Test
    void whoseDiskIsNewComesIntoARestoredDeploymentThatRuns() {
        answer(1, _ -> STRANGER.toBuilder().setRestored("9000 abc").build());
        answer(2, _ -> STRANGER);
        askUntilItIsOver();
    }

    @Test
    void whoWasRestoredFromTheSameStateIsLetIn() {
        restored("9000 abc");
        answer(1, _ -> BLANK.toBuilder().setRestored("9000 abc").build());
        answer(2, _ -> STRANGER.toBuilder().setRestored("9000 abc").build());
        askUntilItIsOver();
    }

    @Test
    void whoWasRestoredFromAnotherStateOrBesideADeploymentThatRunsIsRefused() {
        restored("9001 abd");
        answer(1, _ -> BLANK.toBuilder().setRestored("9000 abc").build());
        assertThatThrownBy(this::askUntilItIsOver)
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("with the --at that the first restore printed");
        restored("9001 abd");
        servers.getFirst().stop().join();
        answer(1, _ -> STRANGER);
        assertThatThrownBy(this::askUntilItIsOver)
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("Server s2 begins with no data");
    }

    private void restored(String state) {
        inquiry.close();
        inquiry = new PeerInquiry(configs.getFirst(), mine, state);
    }

    @Test
    void anotherDeploymentIsRefused() {
        answer(
                1,
                request -> {
                    assertThat(request.getDeployment()).isEqualTo("test");
                    throw Status.FAILED_PRECONDITION
                            .withDescription("this server is of deployment other")
                            .asRuntimeException();
                });
        assertThatThrownBy(this::askUntilItIsOver)
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("deployment other");
    }

    /// A first call may be slow, and who just did not listen is not tried again at once.
    private void askUntilItIsOver() {
        await().ignoreNoExceptions()
                .until(() -> {
                    inquiry.ask();
                    return inquiry.isOver();
                });
    }

    private void answer(int server, Function<GreetRequest, GreetAnswer> answer) {
        serve(configs.get(server), answer);
    }

    private void serve(ServerConfig config, Function<GreetRequest, GreetAnswer> answer) {
        Server peer =
                Server.builder()
                        .bossGroupFactory(Acceptor::named)
                        .http(config.api().socketAddress())
                        .service(GrpcService.builder().addService(new Peer(answer)).build())
                        .build();
        peer.start().join();
        servers.add(peer);
    }

    /// Once seated, a server goes on answering those that still wait.
    private void take(ServerConfig config, List<String> seated) {
        try {
            PeerInquiry.await(config, new Identity("test", config.server(), "new"), "");
            seated.add(config.server().value());
            serve(config, _ -> STRANGER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Peer extends PeersGrpc.PeersImplBase {
        private final Function<GreetRequest, GreetAnswer> answer;

        Peer(Function<GreetRequest, GreetAnswer> answer) {
            this.answer = answer;
        }

        @Override
        public void greet(GreetRequest request, StreamObserver<GreetAnswer> answers) {
            answers.onNext(answer.apply(request));
            answers.onCompleted();
        }
    }
}
