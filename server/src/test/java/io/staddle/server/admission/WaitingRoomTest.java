package io.staddle.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpStatus;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.v1.DirectoryGrpc.DirectoryBlockingStub;
import io.staddle.api.v1.LookupRequest;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.testing.Configs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

final class WaitingRoomTest {
    @TempDir Path directory;
    private ServerConfig config;
    private WaitingRoom room;

    @BeforeEach
    void open() {
        config = Configs.alone(directory);
        room = WaitingRoom.open(config);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void otherServersHearThatItHasNoLog() {
        GreetRequest request = GreetRequest.newBuilder().setDeployment("test").build();
        assertThat(Peers.greet(config.api(), request).join().getBlank()).isTrue();
        assertThatThrownBy(
                        () -> Peers.greet(config.api(), GreetRequest.getDefaultInstance()).join())
                .cause()
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("of deployment test");
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
        room = WaitingRoom.open(config);
    }
}
