package io.staddle.server.admission;

import com.linecorp.armeria.client.grpc.GrpcClients;

import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.server.config.HostPort;

import java.time.Duration;

/// Clients of the other servers' API.
final class Peers {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Peers() {}

    static ServersGrpc.ServersBlockingStub servers(HostPort api) {
        return client(api, ServersGrpc.ServersBlockingStub.class);
    }

    static BatchGrpc.BatchBlockingStub batch(HostPort api) {
        return client(api, BatchGrpc.BatchBlockingStub.class);
    }

    private static <T> T client(HostPort api, Class<T> stub) {
        return GrpcClients.builder("gproto+http://" + api).responseTimeout(PATIENCE).build(stub);
    }
}
