package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Explained;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.query.GrainCount;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.ExplainGrainRequest;

import java.time.Duration;
import java.util.List;

/// Who owns what, since which epoch.
///
/// Each method waits for its answer, at most until the deadline. One that finds the client full
/// waits for room. Commands throw [StaddleUnavailableException] only if they were surely not
/// carried out; queries throw it, or [StaddleDeadlineException], when they have no answer in time.
/// Calls of many threads travel together in batches. A method called on the client's own I/O
/// thread throws [IllegalStateException], since it would wait for itself.
public final class GrainDirectory {
    private final Calls calls;
    private final AsyncGrainDirectory waiting;
    private final AsyncGrainDirectory async;

    GrainDirectory(Calls calls) {
        this.calls = calls;
        this.waiting = new AsyncGrainDirectory(calls.waitingForRoom());
        this.async = new AsyncGrainDirectory(calls);
    }

    /// Returns the same directory, without waiting.
    public AsyncGrainDirectory async() {
        return async;
    }

    /// See [AsyncGrainDirectory#acquire(GrainId, ClusterId)].
    public Result<Answer.Grant> acquire(GrainId grain, ClusterId cluster) {
        return calls.await(waiting.acquire(grain, cluster));
    }

    /// See [AsyncGrainDirectory#acquire(GrainId, ClusterId, Duration)].
    public Result<Answer.Grant> acquire(GrainId grain, ClusterId cluster, Duration lease) {
        return calls.await(waiting.acquire(grain, cluster, lease));
    }

    /// See [AsyncGrainDirectory#claim].
    public Result<Answer.Grant> claim(GrainId grain, ClusterId cluster, Epoch epoch) {
        return calls.await(waiting.claim(grain, cluster, epoch));
    }

    /// See [AsyncGrainDirectory#promote].
    public Result<Answer.Grant> promote(Held seen, ClusterId to, Takeover takeover) {
        return calls.await(waiting.promote(seen, to, takeover));
    }

    /// See [AsyncGrainDirectory#release].
    public Result<Answer.Released> release(Held held) {
        return calls.await(waiting.release(held));
    }

    /// See [AsyncGrainDirectory#renew].
    public Result<Answer.Grant> renew(Held held, Duration lease) {
        return calls.await(waiting.renew(held, lease));
    }

    /// See [AsyncGrainDirectory#reassign].
    public Result<Answer.Grant> reassign(GrainId grain, ClusterId to, Epoch seen) {
        return calls.await(waiting.reassign(grain, to, seen));
    }

    /// See [AsyncGrainDirectory#importGrain].
    public Result<Answer.Grant> importGrain(GrainId grain, ClusterId owner, Epoch epoch) {
        return calls.await(waiting.importGrain(grain, owner, epoch));
    }

    /// See [AsyncGrainDirectory#carryOut].
    public List<Result<Answer>> carryOut(List<? extends DirectoryCommand> commands) {
        return calls.await(waiting.carryOut(commands));
    }

    /// See [AsyncGrainDirectory#lookup(GrainId)].
    public Ownership lookup(GrainId grain) {
        return calls.await(waiting.lookup(grain));
    }

    /// See [AsyncGrainDirectory#lookup(GrainId, Consistency)].
    public Observed<Ownership> lookup(GrainId grain, Consistency consistency) {
        return calls.await(waiting.lookup(grain, consistency));
    }

    /// See [AsyncGrainDirectory#lookupAll].
    public List<Observed<Ownership>> lookupAll(List<GrainId> grains, Consistency consistency) {
        return calls.await(waiting.lookupAll(grains, consistency));
    }

    /// See [AsyncGrainDirectory#checkFence].
    public FenceCheck checkFence(Held held) {
        return calls.await(waiting.checkFence(held));
    }

    /// Returns the grains that a cluster owns, by holding, then key, linearizably page by page.
    public GrainCursor listByOwner(ClusterId owner) {
        return list(new GrainFilter.OwnedBy(owner), Consistency.LINEARIZABLE);
    }

    /// Returns the grains of a type that a cluster owns, by holding, then key, linearizably page
    /// by page.
    public GrainCursor listByOwner(ClusterId owner, GrainType type) {
        return list(new GrainFilter.OwnedOfType(owner, type), Consistency.LINEARIZABLE);
    }

    /// Returns the grains that the filter lets through, in its order.
    ///
    /// Pages are read as they are needed, one ahead. Each shows the state of its own moment: a
    /// grain that changes its owner meanwhile may be there or not, all others are there once.
    public GrainCursor list(GrainFilter filter, Consistency consistency) {
        return new GrainCursor(calls, filter, consistency);
    }

    /// Compares what a cluster believes that it owns with what it owns, linearizably. The digest is
    /// made of these very grains, so of those of one type if that is asked for.
    /// [io.staddle.client.audit.ClaimsAudit] finds out what differs.
    public Observed<ClaimsDigest.Comparison> audit(GrainFilter.Owned owned, ClaimsDigest claims) {
        return calls.await(DirectoryCalls.audit(calls, owned, claims));
    }

    /// Explains who owns a grain, linearizably: what made it so, with actor and reason as history
    /// has it, and what would give it to another, as the rules say that would decide.
    public Explained<Ownership> explain(GrainId grain) {
        return calls.await(
                calls.query(
                        DirectoryGrpc.getExplainMethod(),
                        ExplainGrainRequest.newBuilder().setGrain(ModelCodec.encode(grain)).build(),
                        answer ->
                                new Explained<>(
                                        OwnershipCodec.decode(answer.getOwnership()),
                                        ExplanationCodec.decode(answer.getExplanation())),
                        Route.QUERY));
    }

    /// Counts all owned and stranded grains, sorted by type, then owner.
    public List<GrainCount> count() {
        return calls.await(DirectoryCalls.count(calls, "", ""));
    }

    /// Counts the grains that a cluster owns, sorted by type.
    public List<GrainCount> countOwnedBy(ClusterId owner) {
        return calls.await(DirectoryCalls.count(calls, owner.value(), ""));
    }

    /// Counts the grains of a type, sorted by owner.
    public List<GrainCount> countOfType(GrainType type) {
        return calls.await(DirectoryCalls.count(calls, "", type.name()));
    }

    /// Returns the epochs above which grains begin that the directory does not know, by type,
    /// where that is not the first.
    public List<Answer.Floor> floors() {
        return calls.await(DirectoryCalls.floors(calls));
    }

    /// Returns all holdings and how many grains are in each.
    public List<HoldingCount> holdings() {
        return calls.await(DirectoryCalls.holdings(calls, ""));
    }

    /// Returns the holdings that a cluster owns and how many grains are in each.
    public List<HoldingCount> holdingsOf(ClusterId owner) {
        return calls.await(DirectoryCalls.holdings(calls, owner.value()));
    }
}
