package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.BarrierCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.codec.ScopeCodec;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.ScopeId;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.AbortBarrier;
import io.staddle.api.v1.AckBarrier;
import io.staddle.api.v1.AcquireCoordinator;
import io.staddle.api.v1.BarriersGrpc;
import io.staddle.api.v1.BeginBarrier;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CommitBarrier;
import io.staddle.api.v1.ConfigureScope;
import io.staddle.api.v1.GetBarrierAnswer;
import io.staddle.api.v1.GetBarrierRequest;
import io.staddle.api.v1.GetScopeAnswer;
import io.staddle.api.v1.GetScopeRequest;
import io.staddle.api.v1.ListBarriersAnswer;
import io.staddle.api.v1.ListBarriersRequest;
import io.staddle.api.v1.ListScopesAnswer;
import io.staddle.api.v1.ListScopesRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.ReleaseCoordinator;
import io.staddle.statemachine.query.BarrierQueries;
import io.staddle.storage.View;

import java.util.Optional;

/// Two-phase checkpoints of scopes. Nobody waits here: who waits watches ([EventsService]).
final class BarriersService extends BarriersGrpc.BarriersImplBase {
    private static final int LIMIT_MAX = 1_000;
    private static final int LIMIT_STANDARD = 100;

    private final Commands commands;
    private final Reads reads;

    BarriersService(Commands commands, Reads reads) {
        this.commands = commands;
        this.reads = reads;
    }

    @Override
    public void configureScope(ConfigureScope request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setConfigureScope(request), observer);
    }

    @Override
    public void acquireCoordinator(AcquireCoordinator request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAcquireCoordinator(request), observer);
    }

    @Override
    public void releaseCoordinator(ReleaseCoordinator request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setReleaseCoordinator(request), observer);
    }

    @Override
    public void begin(BeginBarrier request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setBeginBarrier(request), observer);
    }

    @Override
    public void acknowledge(AckBarrier request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAckBarrier(request), observer);
    }

    @Override
    public void commit(CommitBarrier request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setCommitBarrier(request), observer);
    }

    @Override
    public void abort(AbortBarrier request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAbortBarrier(request), observer);
    }

    @Override
    public void listScopes(ListScopesRequest request, StreamObserver<ListScopesAnswer> observer) {
        reads.scan(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) -> scopes(view).setHeader(header).build()),
                observer);
    }

    @Override
    public void getScope(GetScopeRequest request, StreamObserver<GetScopeAnswer> observer) {
        reads.point(
                () -> {
                    ScopeId id = new ScopeId(request.getScope());
                    return Reads.Request.of(
                            request.getConsistency(),
                            (view, header) -> scope(id, view).setHeader(header).build());
                },
                observer);
    }

    @Override
    public void get(GetBarrierRequest request, StreamObserver<GetBarrierAnswer> observer) {
        reads.point(
                () -> {
                    ScopeId scope = new ScopeId(request.getScope());
                    BarrierId id = new BarrierId(scope, request.getEpoch());
                    return Reads.Request.of(
                            request.getConsistency(),
                            (view, header) -> barrier(id, view).setHeader(header).build());
                },
                observer);
    }

    @Override
    public void list(ListBarriersRequest request, StreamObserver<ListBarriersAnswer> observer) {
        reads.scan(
                () -> {
                    ScopeId scope = new ScopeId(request.getScope());
                    long before = request.getBeforeEpoch();
                    require("before epoch", before, 0, BarrierId.EPOCH_MAX);
                    int limit =
                            PageBounds.fixed(
                                    "limit", request.getLimit(), LIMIT_STANDARD, LIMIT_MAX);
                    return Reads.Request.of(
                            request.getConsistency(),
                            (view, header) ->
                                    barriers(scope, before, limit, view).setHeader(header).build());
                },
                observer);
    }

    private static ListScopesAnswer.Builder scopes(View view) {
        return ListScopesAnswer.newBuilder()
                .addAllScopes(
                        new BarrierQueries(view)
                                .scopes().stream().map(ScopeCodec::encode).toList());
    }

    private static GetScopeAnswer.Builder scope(ScopeId id, View view) {
        Optional<ScopeState> state = new BarrierQueries(view).scope(id);
        GetScopeAnswer.Builder answer = GetScopeAnswer.newBuilder();
        return state.isPresent()
                ? answer.setState(ScopeCodec.encode(state.get()))
                : answer.setRefusal(notFound("scope", id.value()));
    }

    private static GetBarrierAnswer.Builder barrier(BarrierId id, View view) {
        Optional<BarrierDetails> details = new BarrierQueries(view).barrier(id);
        GetBarrierAnswer.Builder answer = GetBarrierAnswer.newBuilder();
        if (details.isEmpty()) {
            return answer.setRefusal(notFound("barrier", id.toString()));
        }
        answer.setBarrier(BarrierCodec.encodeWithStatus(details.get().barrier()));
        details.get()
                .participants()
                .forEach(each -> answer.addParticipants(BarrierCodec.encode(each)));
        return answer;
    }

    private static ListBarriersAnswer.Builder barriers(
            ScopeId id, long before, int limit, View view) {
        BarrierQueries queries = new BarrierQueries(view);
        Optional<ScopeState> state = queries.scope(id);
        ListBarriersAnswer.Builder answer = ListBarriersAnswer.newBuilder();
        if (state.isEmpty()) {
            return answer.setRefusal(notFound("scope", id.value()));
        }
        queries.barriers(state.get().scope(), before, limit)
                .forEach(each -> answer.addBarriers(BarrierCodec.encodeWithStatus(each)));
        return answer;
    }

    private static io.staddle.api.v1.Refusal notFound(String kind, String name) {
        return RefusalCodec.encode(new Refusal.NotFound(kind, name));
    }

    private static void require(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new MalformedException(
                    new Expectation(field, min + " to " + max, Long.toString(value)));
        }
    }
}
