package io.staddle.client;

import com.google.protobuf.ByteString;

import io.grpc.MethodDescriptor;
import io.staddle.api.answer.Answer;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Move;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.ClusterOverview;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.query.ReplayStatus;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ChangeMembersRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.DigestRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.GetConfigRequest;
import io.staddle.api.v1.ListClustersRequest;
import io.staddle.api.v1.ListMovesRequest;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.Query;
import io.staddle.api.v1.ReplayGrpc;
import io.staddle.api.v1.ReplayStatusRequest;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.SnapshotRequest;
import io.staddle.api.v1.TransferLeadershipRequest;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The calls of one view, with its options.
final class Calls {
    private static final int BULK_WINDOW = 4_096;

    private final Core core;
    private final CallOptions options;
    private final boolean waits;
    private final CallSpans spans;

    Calls(Core core, CallOptions options) {
        this(core, options, false, core.settings().spans());
    }

    private Calls(Core core, CallOptions options, boolean waits, CallSpans spans) {
        this.core = core;
        this.options = options;
        this.waits = waits;
        this.spans = spans;
    }

    /// The same calls, but one that finds the client full waits for room.
    Calls waitingForRoom() {
        return new Calls(core, options, true, spans);
    }

    CallOptions options() {
        return options;
    }

    /// Refuses to wait on the I/O thread.
    ///
    /// @throws IllegalStateException on it
    void requireMayWait() {
        if (core.isOnIoThread()) {
            throw new IllegalStateException(
                    "a blocking call on the client's I/O thread would wait for itself");
        }
    }

    List<Endpoint> endpoints() {
        return core.settings().endpoints();
    }

    /// Waits for the answer; see [GrainDirectory] for what it throws.
    <T> T await(CompletableFuture<T> call) {
        if (!call.isDone()) {
            requireMayWait();
        }
        try {
            return call.get();
        } catch (InterruptedException stop) {
            call.cancel(false);
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while waiting for an answer");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StaddleException why) {
                // The stack of the thread that waits says more than that of the I/O thread.
                why.fillInStackTrace();
                throw why;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    CompletableFuture<Result<Answer.Grant>> grant(DirectoryCommand command) {
        return command(command, Answer.Grant.class::cast);
    }

    <T> CompletableFuture<Result<T>> command(Command command, Function<Answer, T> view) {
        return command(command, view, core.commands());
    }

    private <T> CompletableFuture<Result<T>> command(
            Command command, Function<Answer, T> view, Lane<PendingCommand<?>, ?, ?> lane) {
        io.staddle.api.v1.Command encoded = CommandCodec.encode(command, options.origin());
        PendingCommand<T> call = new PendingCommand<>(encoded, view, deadline());
        submit(lane, call);
        return call.future;
    }

    /// Sends commands in as few requests as they fit into; their answers may come apart.
    <T> List<CompletableFuture<Result<T>>> together(
            List<? extends Command> commands, Function<Answer, T> view) {
        // What waited for room would wait for what it holds up.
        Calls parts = ofBulk();
        return core.commands()
                .together(() -> commands.stream().map(each -> parts.command(each, view)).toList());
    }

    CompletableFuture<List<Result<Answer>>> bulk(List<? extends Command> commands) {
        Calls parts = ofBulk();
        return Bulk.of(
                commands,
                bulkWindow(),
                command ->
                        parts.command(command, answer -> answer, core.bulk())
                                .exceptionally(Bulk::asUnknown));
    }

    CompletableFuture<Ownership> lookup(GrainId grain) {
        return options.asOf().isPresent()
                ? observe(grain, options.consistency()).thenApply(Observed::value)
                : read(core.linearizable(), Requests.lookup(grain), Answers::ownership);
    }

    /// Returns what a query has to show, of which is known what it asked for itself.
    Consistency consistency(Consistency asked) {
        return asked instanceof Consistency.Linearizable ? options.consistency() : asked;
    }

    /// Returns what a query has to show that cannot ask for it itself.
    io.staddle.api.v1.Consistency consistency() {
        return Requests.consistency(options.consistency());
    }

    CompletableFuture<Observed<Ownership>> observe(GrainId grain, Consistency consistency) {
        Consistency level = consistency(consistency);
        return switch (level) {
            case Consistency.Linearizable same ->
                    read(core.linearizable(), Requests.lookup(grain), Answers::observed);
            case Consistency.Stale same ->
                    read(core.stale(), Requests.lookup(grain), Answers::observed);
            case Consistency.Bounded same -> observeAlone(grain, level);
            case Consistency.AtLeast same -> observeAlone(grain, level);
            case Consistency.AsOf same -> observeAlone(grain, level);
        };
    }

    CompletableFuture<List<Observed<Ownership>>> bulkLookup(
            List<GrainId> grains, Consistency consistency) {
        Calls parts = ofBulk();
        return Bulk.of(grains, bulkWindow(), grain -> parts.observe(grain, consistency));
    }

    CompletableFuture<FenceCheck> checkFence(Held held) {
        return read(core.linearizable(), Requests.checkFence(held), Answers::fenceCheck);
    }

    CompletableFuture<GrainPage> page(
            GrainFilter filter, ByteString token, Consistency consistency) {
        return query(
                GrainPage.METHOD,
                Requests.page(filter, token, consistency(consistency)),
                page -> page,
                route(consistency(consistency)));
    }

    CompletableFuture<Observed<ClusterOverview>> clusters(Consistency consistency) {
        return query(
                ClustersGrpc.getListMethod(),
                ListClustersRequest.newBuilder()
                        .setConsistency(Requests.consistency(consistency(consistency)))
                        .build(),
                Answers::clusters,
                route(consistency(consistency)));
    }

    CompletableFuture<BeatReply> beat(
            ClusterId cluster, long incarnation, Fence ackedFence, OptionalLong lagMillis) {
        return query(
                ClustersGrpc.getBeatMethod(),
                Requests.beat(cluster, incarnation, ackedFence, lagMillis),
                Answers::beat,
                Route.LEADER);
    }

    /// Asks another server if one hangs; its late answer counts all the same.
    CompletableFuture<BeatReply> beat(BeatRequest request) {
        return query(
                new BeatExchange(core.peers()),
                request,
                Answers::beat,
                Route.BEAT.waiting(core.settings().patience()));
    }

    CompletableFuture<List<Move>> moves(String cluster) {
        return query(
                ClustersGrpc.getListMovesMethod(),
                ListMovesRequest.newBuilder()
                        .setCluster(cluster)
                        .setConsistency(consistency())
                        .build(),
                answer -> answer.getMovesList().stream().map(MoveCodec::decode).toList(),
                Route.QUERY);
    }

    CompletableFuture<Preview> preview(ClusterCommand.OfHoldings command) {
        return query(
                ClustersGrpc.getPlanMoveMethod(),
                Requests.preview(command),
                Answers::preview,
                Route.QUERY);
    }

    CompletableFuture<ReplayPage> peek(PeekReplayRequest request) {
        return query(ReplayGrpc.getPeekMethod(), request, ReplayCalls::page, Route.QUERY);
    }

    CompletableFuture<List<ReplayStatus>> replayStatus(ReplayStatusRequest request) {
        return query(ReplayGrpc.getStatusMethod(), request, ReplayCalls::statuses, Route.QUERY);
    }

    CompletableFuture<Config> config() {
        return query(
                ServersGrpc.getGetConfigMethod(),
                GetConfigRequest.getDefaultInstance(),
                answer -> ModelCodec.decode(answer.getConfig()),
                Route.QUERY);
    }

    CompletableFuture<ServerDescription> describe(Endpoint endpoint) {
        return query(
                ServersGrpc.getDescribeMethod(),
                DescribeServerRequest.getDefaultInstance(),
                Answers::description,
                only(endpoint));
    }

    CompletableFuture<ServerReports.Digest> digest(Endpoint endpoint, boolean verify) {
        return query(
                ServersGrpc.getDigestMethod(),
                DigestRequest.newBuilder().setVerify(verify).build(),
                Answers::digest,
                only(endpoint));
    }

    CompletableFuture<ServerReports.Snapshot> snapshot(Endpoint endpoint) {
        return query(
                ServersGrpc.getSnapshotMethod(),
                SnapshotRequest.getDefaultInstance(),
                answer ->
                        new ServerReports.Snapshot(
                                answer.getServer(), answer.getIndex(), answer.getMillis()),
                only(endpoint));
    }

    CompletableFuture<Result<List<ServerMember>>> changeMembers(ChangeMembersRequest request) {
        return query(ServersGrpc.getChangeMembersMethod(), request, Answers::members, Route.LEADER);
    }

    CompletableFuture<ServerReports.Transfer> transferLeadership(
            TransferLeadershipRequest request) {
        return query(
                ServersGrpc.getTransferLeadershipMethod(),
                request,
                answer -> new ServerReports.Transfer(answer.getLeader(), answer.getMillis()),
                Route.LEADER);
    }

    /// Asks all endpoints at the same time and waits for all.
    <T> List<ServerReply<T>> askAll(Function<Endpoint, CompletableFuture<T>> question) {
        List<CompletableFuture<T>> asked = endpoints().stream().map(question).toList();
        return IntStream.range(0, asked.size())
                .mapToObj(i -> reply(endpoints().get(i), asked.get(i)))
                .toList();
    }

    private <T> ServerReply<T> reply(Endpoint endpoint, CompletableFuture<T> call) {
        try {
            return new ServerReply.Answered<>(endpoint, await(call));
        } catch (StaddleInterruptedException stop) {
            throw stop;
        } catch (StaddleException why) {
            return new ServerReply.Failed<>(endpoint, why);
        }
    }

    private CompletableFuture<Observed<Ownership>> observeAlone(
            GrainId grain, Consistency consistency) {
        return query(
                DirectoryGrpc.getLookupMethod(),
                LookupRequest.newBuilder()
                        .setGrain(ModelCodec.encode(grain))
                        .setConsistency(Requests.consistency(consistency))
                        .build(),
                Answers::observed,
                Route.ANY);
    }

    private <T> CompletableFuture<T> read(
            Lane<PendingRead<?>, ?, ?> lane, Query query, Function<ReadExchange.Answered, T> view) {
        PendingRead<T> call = new PendingRead<>(query, view, deadline());
        submit(lane, call);
        return call.future;
    }

    /// Asks what one method answers.
    <Q, A, T> CompletableFuture<T> query(
            MethodDescriptor<Q, A> method, Q request, Function<A, T> view, Route route) {
        return query(new SingleExchange<>(method), request, view, route);
    }

    private <Q, A, T> CompletableFuture<T> query(
            SingleExchange<Q, A, T> exchange, Q request, Function<A, T> view, Route route) {
        Lane<PendingQuery<Q, A, T>, Q, A> lane = new Lane<>(core, exchange, route);
        PendingQuery<Q, A, T> call = new PendingQuery<>(request, view, deadline());
        submit(lane, call);
        return call.future;
    }

    private <P extends Pending<?, ?>> void submit(Lane<P, ?, ?> lane, P call) {
        CallEnds.observe(core.settings().observer(), call);
        call.span = spans.begin(call);
        try {
            core.submit(lane, call, waits);
        } catch (RuntimeException notSent) {
            // Its caller gets no future, but others wait for its end.
            call.future.completeExceptionally(notSent);
            throw notSent;
        }
    }

    private Route only(Endpoint endpoint) {
        return Route.only(peer(endpoint));
    }

    /// Returns the server at an endpoint.
    Peer peer(Endpoint endpoint) {
        return core.peers()
                .at(endpoint)
                .orElseThrow(() -> new IllegalArgumentException("too many endpoints: " + endpoint));
    }

    static Route route(Consistency consistency) {
        return switch (consistency) {
            case Consistency.Linearizable same -> Route.QUERY;
            case Consistency.Stale same -> Route.ANY;
            case Consistency.Bounded same -> Route.ANY;
            case Consistency.AtLeast same -> Route.ANY;
            case Consistency.AsOf same -> Route.ANY;
        };
    }

    /// A bulk goes on from the I/O thread, where nothing may wait.
    private Calls ofBulk() {
        return new Calls(core, options, false, spans.here());
    }

    private int bulkWindow() {
        return Math.min(BULK_WINDOW, Math.max(1, core.settings().callsMax() / 2));
    }

    private long deadline() {
        return System.nanoTime() + options.deadline().toNanos();
    }
}
