package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.WatchRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// How a server ends a watch that another server can go on with.
final class WatchEndsTest {
    @TempDir Path directory;
    private ServedQuorum served;

    @BeforeEach
    void start() {
        served = new ServedQuorum(directory, "limits: {}");
        served.register("eu");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void aServerThatReachesNoMajorityEndsTheStream() {
        WatchProbe probe = watch();
        await().until(() -> !probe.answers.isEmpty());
        served.quorum.waiting();
        await().until(() -> probe.failure.isPresent());
        assertThat(probe.failure.orElseThrow().getStatus().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aServerThatStopsSaysSo() {
        WatchProbe probe = watch();
        await().until(() -> !probe.answers.isEmpty());
        served.api.close();
        await().until(() -> probe.failure.isPresent());
        assertThat(probe.reason()).isEqualTo("STOPPING");
    }

    private WatchProbe watch() {
        WatchProbe probe = new WatchProbe();
        served.stub(EventsGrpc.EventsStub.class).watch(WatchRequest.getDefaultInstance(), probe);
        return probe;
    }
}
