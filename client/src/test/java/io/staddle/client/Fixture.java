package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the tests of the client share.
final class Fixture {
    static final ClusterId EU = new ClusterId("eu-1");
    static final GrainId CART = GrainId.of("cart", "42");

    /// Longer than anything that is waited for takes, even on a busy machine.
    static final Duration AMPLE = Duration.ofSeconds(20);

    private Fixture() {}

    static StaddleClient clientOf(FakeServer... servers) {
        return clientWithin(AMPLE, servers);
    }

    static StaddleClient clientWithin(Duration deadline, FakeServer... servers) {
        return builder(Stream.of(servers).map(FakeServer::endpoint)).deadline(deadline).build();
    }

    /// A client that never thinks a server hangs.
    static StaddleClient patientClientOf(FakeServer server) {
        return builder(Stream.of(server.endpoint())).deadline(AMPLE).patience(AMPLE).build();
    }

    /// A client whose calls end before it thinks that a server hangs.
    static StaddleClient patientClientWithin(Duration deadline, FakeServer... servers) {
        return builder(Stream.of(servers).map(FakeServer::endpoint))
                .deadline(deadline)
                .patience(AMPLE)
                .build();
    }

    static StaddleClient clientAt(Duration deadline, Endpoint... endpoints) {
        return builder(Stream.of(endpoints)).deadline(deadline).build();
    }

    static GrainId cart(int number) {
        return GrainId.of("cart", "number-" + number);
    }

    /// An endpoint where nobody listens.
    static Endpoint nowhere() {
        try (FakeServer server = FakeServer.playing(Role.leads())) {
            return server.endpoint();
        }
    }

    private static StaddleClient.Builder builder(Stream<Endpoint> endpoints) {
        return StaddleClient.builder()
                .endpoints(endpoints.map(Endpoint::toString).collect(Collectors.joining(",")));
    }
}
