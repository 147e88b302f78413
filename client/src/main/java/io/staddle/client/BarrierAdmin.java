package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.BarrierCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.codec.ScopeCodec;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BarriersGrpc;
import io.staddle.api.v1.GetBarrierAnswer;
import io.staddle.api.v1.GetBarrierRequest;
import io.staddle.api.v1.GetScopeAnswer;
import io.staddle.api.v1.GetScopeRequest;
import io.staddle.api.v1.ListBarriersAnswer;
import io.staddle.api.v1.ListBarriersRequest;
import io.staddle.api.v1.ListScopesRequest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Scopes and their barriers, one call at a time: what
/// [io.staddle.client.barrier.BarrierCoordinator] and
/// [io.staddle.client.barrier.BarrierParticipant] are made of.
///
/// Its methods throw what [GrainDirectory] throws. Every command may be repeated when its outcome
/// is unknown: by its token and checkpoint, its epoch and node, or its epoch it is known again.
public final class BarrierAdmin {
    private final Calls calls;

    BarrierAdmin(Calls calls) {
        this.calls = calls;
    }

    /// Creates a scope, or changes how its next barriers are.
    ///
    /// @param solo whether barriers without participants may be begun
    /// @param seenVersion the scope's version last seen; 0 for one that there is not
    public Result<BarrierScope> configure(
            ScopeId scope, WatermarkPolicy policy, boolean solo, long seenVersion) {
        return calls.await(
                calls.command(
                        new BarrierCommand.ConfigureScope(scope, policy, solo, seenVersion),
                        answer -> ((Answer.Scope) answer).scope()));
    }

    /// Makes a node the coordinator of a scope, or lets it go on; refused with `HELD` while another
    /// one has the lease.
    ///
    /// @param incarnation which life of the node; higher after each restart
    /// @param lease for how long nobody else can; [Duration#ZERO] for `barrier.lease-millis`
    public Result<Answer.Coordination> acquire(
            ScopeId scope, NodeId node, long incarnation, Duration lease) {
        return coordination(
                new BarrierCommand.AcquireCoordinator(scope, node, incarnation, lease.toMillis()));
    }

    /// Leaves a scope to the next coordinator.
    public Result<Answer.Coordination> release(ScopeId scope, Token token) {
        return coordination(new BarrierCommand.ReleaseCoordinator(scope, token));
    }

    /// Begins a barrier; see [BarrierCommand.BeginBarrier].
    public Result<BarrierRecord> begin(BarrierCommand.BeginBarrier begin) {
        return record(begin);
    }

    /// Says what a participant has to say; see [BarrierCommand.AckBarrier].
    public Result<BarrierRecord> acknowledge(
            BarrierId barrier, NodeId node, long incarnation, Vote vote) {
        return record(new BarrierCommand.AckBarrier(barrier, node, incarnation, vote));
    }

    /// Says what several participants have to say, in one request if it is not too long; returns
    /// what became of each, in their order. If it throws, nothing is known of any of them.
    public List<Result<BarrierRecord>> acknowledgeAll(List<BarrierCommand.AckBarrier> votes) {
        return calls.together(votes, BarrierAdmin::barrier).stream().map(calls::await).toList();
    }

    /// Commits a barrier that is READY.
    public Result<BarrierRecord> commit(BarrierId barrier, Token token) {
        return record(new BarrierCommand.CommitBarrier(barrier, token));
    }

    /// Aborts a barrier that is not decided.
    ///
    /// @param token the coordinator's; [Token#NONE] for an operator
    /// @param reason why; 1 to 512 characters
    public Result<BarrierRecord> abort(BarrierId barrier, Token token, String reason) {
        return record(new BarrierCommand.AbortBarrier(barrier, token, reason));
    }

    /// Returns all scopes, by name, linearizably.
    public List<ScopeState> scopes() {
        return calls.await(
                calls.query(
                        BarriersGrpc.getListScopesMethod(),
                        ListScopesRequest.getDefaultInstance(),
                        answer -> answer.getScopesList().stream().map(ScopeCodec::decode).toList(),
                        Route.QUERY));
    }

    /// Returns a scope, linearizably; empty if there is none. Whoever watches from the index after
    /// that of the header misses nothing.
    public Observed<Optional<ScopeState>> scope(ScopeId id) {
        return calls.await(
                calls.query(
                        BarriersGrpc.getGetScopeMethod(),
                        GetScopeRequest.newBuilder().setScope(id.value()).build(),
                        BarrierAdmin::state,
                        Route.QUERY));
    }

    /// Returns a barrier and who takes part in it, linearizably.
    ///
    /// @throws StaddleRefusedException if there is no such barrier, or no more
    public Observed<BarrierDetails> barrier(BarrierId id) {
        return barrier(id, new Consistency.Linearizable());
    }

    /// Returns the same as it was after an entry of the log, such as that of an event, or later:
    /// no majority is asked.
    ///
    /// @throws StaddleRefusedException if there is no such barrier, or no more
    public Observed<BarrierDetails> barrierAfter(BarrierId id, long index) {
        return barrier(id, new Consistency.AtLeast(index));
    }

    private Observed<BarrierDetails> barrier(BarrierId id, Consistency consistency) {
        return calls.await(
                calls.query(
                        BarriersGrpc.getGetMethod(),
                        GetBarrierRequest.newBuilder()
                                .setScope(id.scope().value())
                                .setEpoch(id.epoch())
                                .setConsistency(Requests.consistency(consistency))
                                .build(),
                        BarrierAdmin::details,
                        Route.QUERY));
    }

    /// Returns barriers of a scope, the newest first, linearizably.
    ///
    /// @param beforeEpoch only those of lower epochs; 0 for the newest
    /// @param limit the most of them, 1 to 1,000
    /// @throws StaddleRefusedException if there is no such scope
    public List<BarrierRecord> list(ScopeId scope, long beforeEpoch, int limit) {
        return calls.await(
                calls.query(
                        BarriersGrpc.getListMethod(),
                        ListBarriersRequest.newBuilder()
                                .setScope(scope.value())
                                .setBeforeEpoch(beforeEpoch)
                                .setLimit(limit)
                                .build(),
                        BarrierAdmin::barriers,
                        Route.QUERY));
    }

    private Result<Answer.Coordination> coordination(BarrierCommand command) {
        return calls.await(calls.command(command, Answer.Coordination.class::cast));
    }

    private Result<BarrierRecord> record(BarrierCommand command) {
        return calls.await(calls.command(command, BarrierAdmin::barrier));
    }

    private static BarrierRecord barrier(Answer answer) {
        return ((Answer.Barrier) answer).barrier();
    }

    private static Observed<Optional<ScopeState>> state(GetScopeAnswer answer) {
        Optional<ScopeState> state =
                answer.hasState()
                        ? Optional.of(ScopeCodec.decode(answer.getState()))
                        : Optional.empty();
        return new Observed<>(Requests.header(answer.getHeader()), state);
    }

    private static Observed<BarrierDetails> details(GetBarrierAnswer answer) {
        if (answer.hasRefusal()) {
            throw refused(answer.getRefusal());
        }
        return new Observed<>(
                Requests.header(answer.getHeader()),
                new BarrierDetails(
                        BarrierCodec.decode(answer.getBarrier()),
                        answer.getParticipantsList().stream().map(BarrierCodec::decode).toList()));
    }

    private static List<BarrierRecord> barriers(ListBarriersAnswer answer) {
        if (answer.hasRefusal()) {
            throw refused(answer.getRefusal());
        }
        return answer.getBarriersList().stream().map(BarrierCodec::decode).toList();
    }

    private static StaddleRefusedException refused(io.staddle.api.v1.Refusal encoded) {
        Refusal why = RefusalCodec.decode(encoded);
        return new StaddleRefusedException(why);
    }
}
