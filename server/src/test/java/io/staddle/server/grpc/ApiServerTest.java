package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.staddle.api.id.ServerId;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.CheckFenceRequest;
import io.staddle.api.v1.ClusterState;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Consistency;
import io.staddle.api.v1.CountGrainsRequest;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.DigestRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.Ownership;
import io.staddle.api.v1.PlanMoveRequest;
import io.staddle.api.v1.Query;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.server.agreement.Agreement;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.front.ReadFront;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.raft.NotLeaderException;
import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.server.raft.Role;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.server.watch.Health;
import io.staddle.server.watch.LivenessMetrics;
import io.staddle.server.watch.ServerMetrics;
import io.staddle.server.watch.Watchdog;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Real sockets and a real machine; only the quorum is a fake.
final class ApiServerTest {
    private static final List<Thread> ENDS = new ArrayList<>();

    @TempDir Path directory;
    private final FakeQuorum quorum = new FakeQuorum().applying();
    private ServerConfig config;
    private DataDirectory data;
    private CommandFront commands;
    private ServerMetrics metrics;
    private ApiServer api;

    @BeforeEach
    void start() {
        String limits = "limits: {batch-commands: 100, page-size: 100}\n";
        config = Configs.read(directory, Configs.yaml(directory) + limits);
        DataDirectory.format(config);
        data = DataDirectory.open(config);
        commands = new CommandFront(quorum, config.limits(), DiskReserve.none(), Runnable::run);
        ReadFront reads = new ReadFront(quorum, config);
        Health health = new Health(quorum, new Watchdog(quorum, (_, _) -> {}));
        Agreement agreement = new Agreement();
        ServerPortrait portrait = new ServerPortrait(config, data, quorum, health, agreement);
        Liveness liveness = new Liveness(System::nanoTime, InstantSource.system());
        metrics = new ServerMetrics(quorum, commands, reads, agreement);
        LivenessMetrics.bind(metrics.registry(), liveness.counters(), quorum);
        api = new ApiServer(config, portrait, commands, reads, health, metrics, quorum, liveness);
        api.start();
        api.tellHealth();
    }

    /// Not waited for before the next test: the end of a server takes a second.
    @AfterEach
    void stop() {
        ApiServer ended = api;
        ENDS.add(Thread.ofVirtual().start(ended::close));
        metrics.close();
        data.close();
    }

    @AfterAll
    static void awaitEnds() throws InterruptedException {
        for (Thread end : ENDS) {
            assertThat(end.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aGrainIsAcquiredLookedUpAndChecked() {
        register("east");
        DirectoryGrpc.DirectoryBlockingStub directoryApi =
                stub(DirectoryGrpc.DirectoryBlockingStub.class);

        Outcome outcome = directoryApi.acquire(acquire("Player", "7", "east"));
        assertThat(outcome.getGrant().getEpoch()).isEqualTo(1);

        LookupRequest lookup = LookupRequest.newBuilder().setGrain(grain("Player", "7")).build();
        assertThat(directoryApi.lookup(lookup).getOwnership().getOwner()).isEqualTo("east");
        assertThat(directoryApi.lookup(lookup).getHeader().getServer()).isEqualTo("s1");
        CheckFenceRequest check =
                CheckFenceRequest.newBuilder()
                        .setGrain(grain("Player", "7"))
                        .setHolder("east")
                        .setEpoch(1)
                        .build();
        assertThat(directoryApi.checkFence(check).getValid()).isTrue();
        assertThat(directoryApi.checkFence(check.toBuilder().setEpoch(2).build()).getValid())
                .isFalse();
    }

    @Test
    void aBatchWithBadCommandsAnswersThemAndDoesTheOthers() {
        register("east");
        WriteBatch batch =
                WriteBatch.newBuilder()
                        .addCommands(command(acquire("Player", "", "east")))
                        .addCommands(command(acquire("Player", "1", "east")))
                        .addCommands(Command.getDefaultInstance())
                        .addCommands(command(acquire("Player", "2", "nowhere")))
                        .addCommands(command(acquire("Player", "3", "east")))
                        .build();

        WriteBatchAnswer answer = stub(BatchGrpc.BatchBlockingStub.class).write(batch);

        assertThat(answer.getOutcomesList())
                .extracting(each -> each.hasGrant() ? "granted" : each.getRefusal().getCode())
                .containsExactly("MALFORMED", "granted", "MALFORMED", "NOT_FOUND", "granted");
        assertThat(answer.getOutcomes(0).getRevision().getIndex()).isZero();
        assertThat(answer.getOutcomes(1).getRevision().getIndex()).isPositive();
    }

    @Test
    void aBatchOfOnlyBadCommandsOrNoneIsAnswered() {
        BatchGrpc.BatchBlockingStub batches = stub(BatchGrpc.BatchBlockingStub.class);

        assertThat(batches.write(WriteBatch.getDefaultInstance()).getOutcomesCount()).isZero();
        WriteBatch bad = WriteBatch.newBuilder().addCommands(Command.getDefaultInstance()).build();
        assertThat(batches.write(bad).getOutcomes(0).getRefusal().getCode()).isEqualTo("MALFORMED");
    }

    @Test
    void aBatchIsBoundedAtItsLimit() {
        BatchGrpc.BatchBlockingStub batches = stub(BatchGrpc.BatchBlockingStub.class);
        WriteBatch.Builder batch = WriteBatch.newBuilder();
        for (int i = 0; i < 100; i++) {
            batch.addCommands(Command.getDefaultInstance());
        }

        assertThat(batches.write(batch.build()).getOutcomesCount()).isEqualTo(100);
        batch.addCommands(Command.getDefaultInstance());
        assertThat(statusOf(() -> batches.write(batch.build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void queriesOfABatchSeeTheSameStateAndABadOneIsRefusedAlone() {
        register("east");
        ReadBatch batch =
                ReadBatch.newBuilder()
                        .addQueries(
                                Query.newBuilder()
                                        .setLookup(
                                                LookupRequest.newBuilder()
                                                        .setGrain(grain("Player", "9"))))
                        .addQueries(Query.getDefaultInstance())
                        .build();

        ReadBatchAnswer answer = stub(BatchGrpc.BatchBlockingStub.class).read(batch);

        assertThat(answer.getAnswers(0).getLookup().getState())
                .isEqualTo(Ownership.State.STATE_UNOWNED);
        assertThat(answer.getAnswers(1).getRefusal().getCode()).isEqualTo("MALFORMED");
    }

    @Test
    void aMalformedQueryIsAnInvalidArgument() {
        DirectoryGrpc.DirectoryBlockingStub directoryApi =
                stub(DirectoryGrpc.DirectoryBlockingStub.class);
        List<ListGrainsRequest> bad =
                List.of(
                        ListGrainsRequest.newBuilder().setPageSize(101).build(),
                        ListGrainsRequest.newBuilder().setPageSize(-1).build(),
                        ListGrainsRequest.newBuilder().setKeyPrefix("x").build(),
                        ListGrainsRequest.newBuilder().setOwner("e").setAllStates(true).build());

        assertThat(statusOf(() -> directoryApi.lookup(LookupRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        for (ListGrainsRequest request : bad) {
            assertThat(statusOf(() -> directoryApi.listGrains(request)))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void grainsAreListedInPagesAndCounted() {
        register("east");
        DirectoryGrpc.DirectoryBlockingStub directoryApi =
                stub(DirectoryGrpc.DirectoryBlockingStub.class);
        for (int i = 0; i < 5; i++) {
            directoryApi.acquire(acquire("Player", "k" + i, "east"));
        }
        ListGrainsRequest request =
                ListGrainsRequest.newBuilder().setOwner("east").setPageSize(3).build();

        ListGrainsAnswer first = directoryApi.listGrains(request);
        ListGrainsAnswer second =
                directoryApi.listGrains(
                        request.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getGrainsCount()).isEqualTo(3);
        assertThat(second.getGrainsCount()).isEqualTo(2);
        assertThat(second.getNextPageToken().isEmpty()).isTrue();
        CountGrainsRequest count = CountGrainsRequest.newBuilder().setType("Player").build();
        assertThat(directoryApi.countGrains(count).getTotal()).isEqualTo(5);
    }

    @Test
    void aMoveIsPlannedWithoutMoving() {
        register("east");
        register("west");
        stub(DirectoryGrpc.DirectoryBlockingStub.class).acquire(acquire("Player", "1", "east"));
        FailOver failOver = FailOver.newBuilder().setMoveId("m1").setCluster("east").build();
        ClustersGrpc.ClustersBlockingStub clusters = stub(ClustersGrpc.ClustersBlockingStub.class);

        var planned = clusters.planMove(PlanMoveRequest.newBuilder().setFailOver(failOver).build());
        var malformed =
                clusters.planMove(
                        PlanMoveRequest.newBuilder()
                                .setFailOver(failOver.toBuilder().setMoveId("/"))
                                .build());

        assertThat(planned.getPlan().getId()).isNotEmpty();
        assertThat(planned.getPlan().getMove().getGrainsMoved()).isEqualTo(1);
        assertThat(planned.getPlan().getHeldBy(0).getCode()).isEqualTo("VERSION_CONFLICT");
        assertThat(malformed.getRefusal().getCode()).isEqualTo("MALFORMED");
        assertThat(
                        clusters.listMoves(io.staddle.api.v1.ListMovesRequest.getDefaultInstance())
                                .getMovesCount())
                .isZero();
    }

    @Test
    void eventsAreListed() {
        register("east");

        assertThat(
                        stub(EventsGrpc.EventsBlockingStub.class)
                                .list(ListEventsRequest.getDefaultInstance())
                                .getEvents(0)
                                .getBody()
                                .hasClusterRegistered())
                .isTrue();
    }

    @Test
    void theServerDescribesItselfAndItsDigestHolds() {
        register("east");
        ServersGrpc.ServersBlockingStub servers = stub(ServersGrpc.ServersBlockingStub.class);

        ServerDescription described = servers.describe(DescribeServerRequest.getDefaultInstance());
        DigestAnswer digest = servers.digest(DigestRequest.newBuilder().setVerify(true).build());

        assertThat(described.getServer()).isEqualTo("s1");
        assertThat(described.getDeployment()).isEqualTo("test");
        assertThat(described.getIncarnation()).isEqualTo(data.identity().incarnation());
        assertThat(described.getLeaderApiAddress()).isEqualTo(config.api().toString());
        assertThat(described.getReady()).isTrue();
        assertThat(digest.getRecomputed()).isEqualTo(digest.getDigest()).isNotEmpty();
    }

    @Test
    void notLeaderComesWithTheLeadersAddressAndSaysThatNothingWasDone() {
        StatusRuntimeException e =
                failedAcquire(
                        new NotLeaderException(
                                Optional.of(
                                        new ServerAddress(
                                                new ServerId("s2"),
                                                new HostPort("127.0.0.1", 7401),
                                                new HostPort("127.0.0.1", 7501)))));

        Metadata trailers = Optional.ofNullable(e.getTrailers()).orElseThrow();
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(trailers.get(Trailers.LEADER)).isEqualTo("127.0.0.1:7401");
        assertThat(trailers.get(Trailers.LEADER_ID)).isEqualTo("s2");
        assertThat(trailers.get(Trailers.OUTCOME)).isEqualTo("none");
        assertThat(trailers.get(Trailers.REASON)).isEqualTo("NOT_LEADER");
    }

    @Test
    void aLostAnswerSaysThatTheOutcomeIsUnknown() {
        StatusRuntimeException e = failedAcquire(new QuorumUnavailableException("lost"));

        Metadata trailers = Optional.ofNullable(e.getTrailers()).orElseThrow();
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(trailers.get(Trailers.OUTCOME)).isEqualTo("unknown");
        assertThat(trailers.get(Trailers.REASON)).isEqualTo("NO_QUORUM");
    }

    @Test
    void aStoppingServerTurnsCommandsAway() {
        commands.stop();

        assertThat(
                        statusOf(() ->
                                stub(DirectoryGrpc.DirectoryBlockingStub.class)
                                        .acquire(acquire("Player", "7", "east"))))
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aReadThatCannotBeAsFreshAsAskedSaysSo() {
        quorum.stands(FakeQuorum.standing(Role.CANDIDATE, 0, 0, -1));
        LookupRequest request =
                LookupRequest.newBuilder()
                        .setGrain(grain("Player", "7"))
                        .setConsistency(
                                Consistency.newBuilder()
                                        .setBounded(
                                                Consistency.Bounded.newBuilder()
                                                        .setMaxAgeMillis(5)))
                        .build();

        assertThat(statusOf(() -> stub(DirectoryGrpc.DirectoryBlockingStub.class).lookup(request)))
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void scriptsSpeakJson() {
        register("east");
        AggregatedHttpResponse acquired =
                json(
                        "Acquire",
                        """
                        {"grain": {"type": "Player", "key": "é/b"}, "cluster": "east",
                         "aFieldOfALaterVersion": [1, {"x": null}]}
                        """);
        AggregatedHttpResponse listed = json("ListGrains", "{\"page_size\": 5}");

        assertThat(acquired.status()).isEqualTo(HttpStatus.OK);
        assertThat(acquired.contentUtf8())
                .isEqualTo(
                        """
                        {"revision":{"index":"2"},"grant":{"grain":{"type":"Player","key":"é/b"},\
                        "owner":"east","epoch":"1","fence":"1","since":{"index":"2"}}}\
                        """);
        assertThat(listed.contentUtf8())
                .isEqualTo(
                        """
                        {"header":{"index":"2","server":"s1"},"grains":[\
                        {"grain":{"type":"Player","key":"é/b"},"state":"STATE_OWNED",\
                        "owner":"east","epoch":"1","fence":"1","since":{"index":"2"},\
                        "holding":"1"}]}\
                        """);
    }

    @Test
    void scriptsAreToldInJsonWhatIsWrong() {
        AggregatedHttpResponse malformed = json("Lookup", "{\"grain\": {}}");

        assertThat(malformed.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(malformed.contentUtf8())
                .startsWith(
                        "{\"code\":3,\"grpc-code\":\"INVALID_ARGUMENT\",\"message\":\"grain type");
        assertThat(json("Lookup", "{\"grain\": ").contentUtf8()).contains("INVALID_ARGUMENT");
        assertThat(json("Lookup", "{\"grain\": 1}").contentUtf8()).contains("INVALID_ARGUMENT");
    }

    @Test
    void healthFollowsReadiness() {
        HealthGrpc.HealthBlockingStub health = stub(HealthGrpc.HealthBlockingStub.class);
        HealthCheckRequest request =
                HealthCheckRequest.newBuilder().setService("staddle.v1.Batch").build();

        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(web().get("/readyz").status()).isEqualTo(HttpStatus.OK);
        quorum.stands(FakeQuorum.standing(Role.CANDIDATE, 0, 0, -1));
        api.tellHealth();
        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(web().get("/readyz").status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(web().get("/readyz").contentUtf8())
                .contains("[-]leader failed: this server stands for election")
                .contains("[+]apply ok: 0 is applied, 0 is committed")
                .endsWith("readyz check failed\n");
        assertThat(web().get("/livez").status()).isEqualTo(HttpStatus.OK);
        assertThat(web().get("/livez").contentUtf8()).isEqualTo("ok\n");
        assertThat(web().get("/livez?verbose").contentUtf8())
                .contains("[+]ticks ok: goes on")
                .endsWith("livez check passed\n");
    }

    @Test
    void metricsCountCommands() {
        register("east");

        assertThat(web().get("/metrics").contentUtf8())
                .contains("staddle_commands_total{kind=\"register\",outcome=\"DONE\"} 1.0")
                .contains("staddle_raft_leader 1.0");
    }

    private AggregatedHttpResponse json(String method, String request) {
        String path = "/staddle.v1.Directory/" + method;
        return web().execute(HttpRequest.of(HttpMethod.POST, path, MediaType.JSON, request));
    }

    private StatusRuntimeException failedAcquire(RuntimeException why) {
        FakeQuorum failing = quorum.waiting();
        Thread.ofVirtual()
                .start(() -> {
                    Awaitility.await().until(() -> !failing.entries.isEmpty());
                    failing.entries.getFirst().outcome().completeExceptionally(why);
                });
        return catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                        stub(DirectoryGrpc.DirectoryBlockingStub.class)
                                .acquire(acquire("Player", "7", "east")));
    }

    private void register(String cluster) {
        Outcome outcome =
                stub(ClustersGrpc.ClustersBlockingStub.class)
                        .register(
                                RegisterCluster.newBuilder()
                                        .setId(cluster)
                                        .setState(ClusterState.CLUSTER_STATE_HEALTHY)
                                        .build());
        assertThat(outcome.hasCluster()).isTrue();
    }

    private static Status.Code statusOf(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
    }

    private static Command command(Acquire acquire) {
        return Command.newBuilder().setAcquire(acquire).build();
    }

    private static Acquire acquire(String type, String key, String cluster) {
        return Acquire.newBuilder().setGrain(grain(type, key)).setCluster(cluster).build();
    }

    private static Grain grain(String type, String key) {
        return Grain.newBuilder().setType(type).setKey(key).build();
    }

    private <T> T stub(Class<T> type) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + api.port())
                .responseTimeoutMillis(TimeUnit.SECONDS.toMillis(20))
                .build(type);
    }

    private BlockingWebClient web() {
        return BlockingWebClient.of("http://127.0.0.1:" + api.port());
    }
}
