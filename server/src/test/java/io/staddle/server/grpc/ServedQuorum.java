package io.staddle.server.grpc;

import com.linecorp.armeria.client.grpc.GrpcClients;

import io.staddle.api.v1.ClusterState;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.server.agreement.Agreement;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.front.ReadFront;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.server.watch.Health;
import io.staddle.server.watch.ServerMetrics;
import io.staddle.server.watch.Watchdog;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// The API on a real socket, with a real machine; only the quorum is a fake.
final class ServedQuorum implements AutoCloseable {
    final FakeQuorum quorum = new FakeQuorum().applying();
    final ServerMetrics metrics;
    final ApiServer api;
    private final DataDirectory data;

    /// @param limits the section of the configuration
    ServedQuorum(Path directory, String limits) {
        this(Configs.read(directory, Configs.yaml(directory) + limits + "\n"));
    }

    ServedQuorum(ServerConfig config) {
        DataDirectory.format(config);
        data = DataDirectory.open(config);
        CommandFront commands =
                new CommandFront(quorum, config.limits(), DiskReserve.none(), Runnable::run);
        ReadFront reads = new ReadFront(quorum, config);
        Health health = new Health(quorum, new Watchdog(quorum, (_, _) -> {}));
        Agreement agreement = new Agreement();
        metrics = new ServerMetrics(quorum, commands, reads, agreement);
        ServerPortrait portrait = new ServerPortrait(config, data, quorum, health, agreement);
        Liveness liveness = new Liveness(System::nanoTime, InstantSource.system());
        api = new ApiServer(config, portrait, commands, reads, health, metrics, quorum, liveness);
        api.start();
    }

    Outcome register(String cluster) {
        return stub(ClustersGrpc.ClustersBlockingStub.class)
                .register(
                        RegisterCluster.newBuilder()
                                .setId(cluster)
                                .setState(ClusterState.CLUSTER_STATE_HEALTHY)
                                .build());
    }

    <T> T stub(Class<T> type) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + api.port())
                .responseTimeoutMillis(TimeUnit.SECONDS.toMillis(20))
                .build(type);
    }

    @Override
    public void close() {
        api.close();
        metrics.close();
        data.close();
    }
}
