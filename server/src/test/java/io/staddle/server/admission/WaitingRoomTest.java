package io.staddle.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpStatus;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.v1.DirectoryGrpc.DirectoryBlockingStub;
import io.staddle.api.v1.LookupRequest;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.peer.PeerChannel;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.peer.PeerException;
import io.staddle.server.peer.PeerMethod;
import io.staddle.server.testing.Configs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

final class WaitingRoomTest {
    @TempDir Path directory;
    private ServerConfig config;
    private WaitingRoom room;

    @BeforeEach
    void open() {
        config = Configs.alone(directory);
        room = WaitingRoom.open(config, "");
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void otherServersHearThatItHasNoLog() {
        try (PeerChannels channels = new PeerChannels(Duration.ofSeconds(10))) {
            PeerChannel channel = channels.to(config.api());

            assertThat(greet(channel, "test").join()).isTrue();
            assertThatThrownBy(() -> greet(channel, "other").join())
                    .cause()
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("of deployment test");
        }
    }

    private static CompletableFuture<Boolean> greet(PeerChannel channel, String deployment) {
        return greet(channel, deployment, "s2");
    }

    private static CompletableFuture<Boolean> greet(
            PeerChannel channel, String deployment, String asker) {
        GreetRequest request =
                GreetRequest.newBuilder().setDeployment(deployment).setServer(asker).build();
        return channel.call(
                PeerMethod.of(PeersGrpc.getGreetMethod()), request, answer -> answer.getBlank());
    }

    @Test
    void itsEndCanWaitForThoseWhoHaveNotHeardYet() throws InterruptedException {
        AtomicBoolean heard = new AtomicBoolean();
        try (PeerChannels channels = new PeerChannels(Duration.ofSeconds(10))) {
            PeerChannel channel = channels.to(config.api());
            Thread asker =
                    Thread.startVirtualThread(() -> {
                        greet(channel, "test", "s2").join();
                        heard.set(greet(channel, "test", "s3").join());
                    });
            room.awaitTold(Set.of(new ServerId("s2"), new ServerId("s3")), Duration.ofHours(1));
            asker.join();
            assertThat(heard).isTrue();

            room.awaitTold(Set.of(new ServerId("s4")), Duration.ofMillis(1));
        }
    }

    @Test
    void fromItsEndOnNobodyHearsThatThereIsNoLog() {
        try (PeerChannels channels = new PeerChannels(Duration.ofSeconds(10))) {
            PeerChannel channel = channels.to(config.api());
            assertThat(greet(channel, "test").join()).isTrue();
            room.close();
            assertThatThrownBy(() -> greet(channel, "test").join())
                    .cause()
                    .isInstanceOf(PeerException.class);
        }
    }

    @Test
    void clientsAreSentOnAndNothingWasDone() {
        DirectoryBlockingStub directory =
                GrpcClients.newClient("gproto+http://" + config.api(), DirectoryBlockingStub.class);
        assertThatThrownBy(() -> directory.lookup(LookupRequest.getDefaultInstance()))
                .asInstanceOf(type(StatusRuntimeException.class))
                .extracting(StatusRuntimeException::getStatus)
                .extracting(Status::getCode)
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(WebClient.of("http://" + config.api()).get("/readyz").aggregate().join())
                .extracting(answer -> answer.status())
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void itsAddressIsFreeAtOnceWhenItIsClosed() {
        room.close();
        room = WaitingRoom.open(config, "");
    }
}
