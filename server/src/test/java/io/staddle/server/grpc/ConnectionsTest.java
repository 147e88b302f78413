package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.WatchRequest;
import io.staddle.server.testing.FakeQuorum.Proposed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// What connections that want too much are told, and what gets through beside them.
final class ConnectionsTest {
    private static final Grain GRAIN = Grain.newBuilder().setType("cart").setKey("1").build();

    @TempDir Path directory;
    private final List<ClientFactory> connections = new ArrayList<>();
    private ServedQuorum served;

    @BeforeEach
    void start() {
        served =
                new ServedQuorum(
                        directory,
                        "limits: {connections: 3, calls-per-connection: 16, watches-per-connection:"
                                + " 2, watches: 3, batch-commands: 10, commands-in-flight: 20,"
                                + " vital-percent: 50}");
        served.register("eu");
    }

    @AfterEach
    void stop() {
        for (ClientFactory connection : connections) {
            var _ = connection.closeAsync();
        }
        served.close();
    }

    @Test
    void aConnectionHasAsManyCallsAsItMayAndTheNextIsToldSo() {
        ClientFactory full = connection();
        served.quorum.waiting();
        List<ListenableFuture<LookupAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(lookup(full));
        }
        awaitMetric("staddle_calls_held", 16);

        StatusRuntimeException told = failure(lookup(full));
        assertThat(told.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(told)
                .hasMessageContaining("limits.calls-per-connection, 16,")
                .hasMessageContaining("or open another connection");
        assertThat(trailer(told)).isEqualTo("OVERLOADED none");
        awaitMetric("staddle_calls_overloaded_total", 1);

        ListenableFuture<BeatAnswer> beat = beat(full);
        ListenableFuture<LookupAnswer> elsewhere = lookup(connection());
        awaitMetric("staddle_calls_held", 17);
        served.quorum.applying();
        endRounds();
        calls.forEach(ConnectionsTest::answer);
        assertThat(answer(elsewhere).hasOwnership()).isTrue();
        assertThat(answer(beat).getCluster().getId()).isEqualTo("eu");
        awaitMetric("staddle_calls_held", 0);
        assertThat(answer(lookup(full)).hasOwnership()).as("there is room again").isTrue();
    }

    @Test
    void watchesAreBoundedForAConnectionAndForTheServer() {
        ClientFactory first = connection();
        WatchProbe leaving = watch(first);
        watch(first);
        awaitMetric("staddle_watchers", 2);
        WatchProbe third = watch(first);
        await().until(() -> third.failure.isPresent());
        assertThat(third.reason()).isEqualTo("OVERLOADED");
        assertThat(third.failure.orElseThrow())
                .hasMessageContaining("limits.watches-per-connection, 2,");

        ClientFactory second = connection();
        watch(second);
        awaitMetric("staddle_watchers", 3);
        WatchProbe fourth = watch(second);
        await().until(() -> fourth.failure.isPresent());
        assertThat(fourth.reason()).isEqualTo("OVERLOADED");
        assertThat(fourth.failure.orElseThrow())
                .hasMessageContaining("limits.watches, 3,")
                .hasMessageContaining("watch another server");
        awaitMetric("staddle_watches_overloaded_total{of=\"connection\"}", 1);
        awaitMetric("staddle_watches_overloaded_total{of=\"server\"}", 1);

        leaving.cancel();
        awaitMetric("staddle_watchers", 2);
        awaitMetric("staddle_calls_held", 2);
        WatchProbe another = watch(first);
        await().until(() -> !another.answers.isEmpty());
    }

    @Test
    void asManyConnectionsCallAsMayAndTheNextIsToldSoAndComesInLater() {
        List<ClientFactory> calling = List.of(connection(), connection(), connection());
        calling.forEach(each -> answer(lookup(each)));
        awaitMetric("staddle_connections", 3);

        ClientFactory next = connection();
        StatusRuntimeException told = failure(lookup(next));
        assertThat(told.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(told)
                .hasMessageContaining("limits.connections, 3,")
                .hasMessageContaining("call another server");
        assertThat(trailer(told)).isEqualTo("OVERLOADED none");
        awaitMetric("staddle_connections_overloaded_total", 1);

        assertThat(answer(beat(next)).getCluster().getId()).isEqualTo("eu");
        assertThat(answer(describe(next)).getServer()).isEqualTo("s1");
        BlockingWebClient operator = BlockingWebClient.of("http://127.0.0.1:" + served.api.port());
        for (String path : List.of("/", "/readyz", "/metrics", "/console/api/site")) {
            assertThat(operator.get(path).status()).as(path).isEqualTo(HttpStatus.OK);
        }
        assertThat(operator.execute(listedByTheConsole()).status()).isEqualTo(HttpStatus.OK);
        awaitMetric("staddle_connections", 3);

        calling.getFirst().closeAsync().join();
        awaitMetric("staddle_connections", 2);
        assertThat(answer(lookup(next)).hasOwnership()).isTrue();
        awaitMetric("staddle_connections", 3);
    }

    @Test
    void aFailoverGoesThroughAServerThatIsFullOfOrdinaryWrites() {
        served.quorum.waiting();
        ClientFactory busy = connection();
        List<ListenableFuture<Outcome>> writes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            writes.add(acquire(busy));
        }
        awaitMetric("staddle_commands_held", 10);
        assertThat(failure(acquire(busy)))
                .hasMessageContaining("limits.commands-in-flight is 20")
                .hasMessageContaining("limits.vital-percent");

        ListenableFuture<Outcome> failover = failOver(busy);
        awaitMetric("staddle_commands_held", 11);
        commit(0);
        await().until(() -> served.quorum.entries.size() == 2);
        Proposed next = served.quorum.entries.get(1);
        assertThat(next.commands()).hasSize(10);
        assertThat(next.commands().getFirst().encoded().hasFailOver()).isTrue();
        commit(1);
        writes.forEach(ConnectionsTest::answer);
        answer(failover);
        awaitMetric("staddle_commands_held", 0);
        awaitMetric("staddle_commands_overloaded_total", 1);
        awaitMetric("staddle_commands_vital_overloaded_total", 0);
    }

    /// Commits nothing that was waited for in between.
    private void commit(int entry) {
        served.quorum.entries.get(entry).commit(100L + entry);
    }

    private void endRounds() {
        List<CompletableFuture<Void>> waiting;
        synchronized (served.quorum) {
            waiting = List.copyOf(served.quorum.rounds);
        }
        waiting.forEach(each -> each.complete(null));
    }

    private ListenableFuture<LookupAnswer> lookup(ClientFactory connection) {
        return stub(DirectoryGrpc.DirectoryFutureStub.class, connection)
                .lookup(LookupRequest.newBuilder().setGrain(GRAIN).build());
    }

    private ListenableFuture<Outcome> acquire(ClientFactory connection) {
        return stub(DirectoryGrpc.DirectoryFutureStub.class, connection)
                .acquire(Acquire.newBuilder().setGrain(GRAIN).setCluster("eu").build());
    }

    private ListenableFuture<BeatAnswer> beat(ClientFactory connection) {
        return stub(ClustersGrpc.ClustersFutureStub.class, connection)
                .beat(BeatRequest.newBuilder().setCluster("eu").build());
    }

    private ListenableFuture<ServerDescription> describe(ClientFactory connection) {
        return stub(ServersGrpc.ServersFutureStub.class, connection)
                .describe(DescribeServerRequest.getDefaultInstance());
    }

    private static HttpRequest listedByTheConsole() {
        return HttpRequest.of(
                HttpMethod.POST,
                "/console/api/call/staddle.v1.Directory/ListGrains",
                MediaType.JSON,
                "{}");
    }

    private ListenableFuture<Outcome> failOver(ClientFactory connection) {
        return stub(ClustersGrpc.ClustersFutureStub.class, connection)
                .failOver(
                        FailOver.newBuilder()
                                .setMoveId("m")
                                .setCluster("eu")
                                .setSeenFence(1)
                                .setForce(true)
                                .build());
    }

    private WatchProbe watch(ClientFactory connection) {
        WatchProbe probe = new WatchProbe();
        stub(EventsGrpc.EventsStub.class, connection)
                .watch(WatchRequest.getDefaultInstance(), probe);
        return probe;
    }

    /// One connection: all its calls are on one event loop.
    private ClientFactory connection() {
        ClientFactory connection =
                ClientFactory.builder().maxNumEventLoopsPerEndpoint(1).workerGroup(1).build();
        connections.add(connection);
        return connection;
    }

    private <T> T stub(Class<T> type, ClientFactory connection) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + served.api.port())
                .factory(connection)
                .responseTimeoutMillis(60_000)
                .build(type);
    }

    private void awaitMetric(String name, double value) {
        String line = name + " " + value;
        await().untilAsserted(() -> assertThat(served.metrics.scrape().lines()).contains(line));
    }

    private static <T> T answer(Future<T> call) {
        try {
            return call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static StatusRuntimeException failure(Future<?> call) {
        try {
            throw new AssertionError("it was answered: " + call.get());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException told) {
                return told;
            }
            throw new AssertionError(e);
        }
    }

    private static String trailer(StatusRuntimeException told) {
        var trailers = told.getTrailers();
        return trailers == null
                ? ""
                : trailers.get(Trailers.REASON) + " " + trailers.get(Trailers.OUTCOME);
    }
}
