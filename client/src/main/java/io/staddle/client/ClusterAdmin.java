package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Move;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Reach;
import io.staddle.api.query.ClusterOverview;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Explained;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.ExplainClusterAnswer;
import io.staddle.api.v1.ExplainClusterRequest;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// The failover domains, where grains may be, and the moves between clusters.
///
/// Each method waits for its answer, as those of [GrainDirectory] do, and throws the same.
public final class ClusterAdmin {
    private final Calls calls;

    ClusterAdmin(Calls calls) {
        this.calls = calls.waitingForRoom();
    }

    /// Makes a cluster known. Done if it is known with an equal profile; refused with
    /// `ALREADY_EXISTS` if the profile differs.
    ///
    /// @param state UNKNOWN, or HEALTHY if the cluster registers itself
    public Result<ClusterRecord> register(
            ClusterId cluster, ClusterProfile profile, ClusterState state) {
        return record(new ClusterCommand.Register(cluster, profile, state));
    }

    /// Replaces what an operator says about a cluster.
    ///
    /// @param seenVersion the record's version last seen
    public Result<ClusterRecord> update(
            ClusterId cluster, ClusterProfile profile, long seenVersion) {
        return record(new ClusterCommand.Update(cluster, profile, seenVersion));
    }

    /// Forgets a cluster that owns nothing; refused with `OWNS_GRAINS` otherwise.
    ///
    /// @param seenVersion the record's version last seen
    /// @param lost also while its failover is open: it will never come back
    public Result<Answer.Removed> remove(ClusterId cluster, long seenVersion, boolean lost) {
        return calls.await(
                calls.command(
                        new ClusterCommand.Remove(cluster, seenVersion, lost),
                        Answer.Removed.class::cast));
    }

    /// Returns all clusters, sorted by id, linearizably.
    public List<ClusterSummary> list() {
        return overview(Consistency.LINEARIZABLE).value().clusters();
    }

    /// Returns all clusters and who is the primary, as fresh as asked for.
    public Observed<ClusterOverview> overview(Consistency consistency) {
        return calls.await(calls.clusters(consistency));
    }

    /// Explains the state and role of a cluster, linearizably: what made it so, with actor and
    /// reason as history has it, and what would change it, as whoever decides it says. It throws
    /// [StaddleRefusedException] with `NOT_FOUND` if there is no such cluster.
    public Explained<ClusterSummary> explain(ClusterId cluster) {
        return calls.await(
                calls.query(
                        ClustersGrpc.getExplainMethod(),
                        ExplainClusterRequest.newBuilder().setCluster(cluster.value()).build(),
                        ClusterAdmin::explained,
                        Route.QUERY));
    }

    /// Gives the leader a sign of life of a cluster.
    ///
    /// @param incarnation what the cluster calls this life of its own, higher after a restart; 0 if
    ///     it does not say
    /// @param ackedFence the highest fence that the cluster obeys: it has let go of whatever it was
    ///     granted below
    /// @param lagMillis how far its data is behind; empty if unknown
    public BeatReply beat(
            ClusterId cluster, long incarnation, Fence ackedFence, OptionalLong lagMillis) {
        return calls.await(calls.beat(cluster, incarnation, ackedFence, lagMillis));
    }

    /// Says that a cluster leaves: it gets nothing new, and is failed over at once.
    ///
    /// @param seenVersion the record's version last seen
    public Result<ClusterRecord> drain(ClusterId cluster, long seenVersion) {
        return record(new HealthCommand.Drain(cluster, seenVersion));
    }

    /// Takes a cluster back in that was failed over and has recovered, and closes its failover.
    ///
    /// @param failover the failover that is open
    public Result<ClusterRecord> readmit(ClusterId cluster, MoveId failover) {
        return record(new HealthCommand.Readmit(cluster, failover, Initiative.OPERATOR));
    }

    /// Lets nothing happen by itself, to one cluster or to all.
    ///
    /// @param reason why; 1 to 512 characters
    public Result<Answer.Automation> pause(Reach reach, String reason) {
        return automation(new AutomationCommand.Pause(reach, reason));
    }

    /// Ends a pause. What was paused for single clusters stays so when it is resumed for all.
    public Result<Answer.Automation> resume(Reach reach) {
        return automation(new AutomationCommand.Resume(reach));
    }

    /// Makes another cluster the primary, while both are healthy. No grain moves.
    ///
    /// @param seenPrimaryEpoch the epoch of the role last seen
    public Result<Primacy> transferPrimary(ClusterId from, ClusterId to, long seenPrimaryEpoch) {
        return calls.await(
                calls.command(
                        new ClusterCommand.TransferPrimary(from, to, seenPrimaryEpoch),
                        answer -> ((Answer.Primary) answer).primacy()));
    }

    /// Demotes a cluster that is not healthy: whatever it owns gets a successor, or is stranded,
    /// and its role moves.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    /// @param seenFence the cluster's fence last seen
    public Result<Move> failOver(
            MoveId id, ClusterId cluster, Fence seenFence, Successor successor) {
        return move(failOver(id, cluster, seenFence, successor, false));
    }

    /// Demotes a cluster, even if it is healthy, and if there is no primary after it.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    /// @param seenFence the cluster's fence last seen
    public Result<Move> forceFailOver(
            MoveId id, ClusterId cluster, Fence seenFence, Successor successor) {
        return move(failOver(id, cluster, seenFence, successor, true));
    }

    /// Gives a healthy cluster back the holdings that it had claimed and lost.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    public Result<Move> failBack(MoveId id, ClusterId cluster) {
        return move(new ClusterCommand.FailBack(id, cluster, PlanId.NONE));
    }

    /// Moves what a cluster owns, while it lives on.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    /// @param types the types to move; empty for all
    public Result<Move> evacuate(
            MoveId id, ClusterId cluster, List<GrainType> types, Successor successor) {
        return move(new ClusterCommand.Evacuate(id, cluster, types, successor, PlanId.NONE));
    }

    /// Carries out a failover, a fail-back or an evacuation.
    public Result<Move> move(ClusterCommand.OfHoldings command) {
        return calls.await(calls.command(command, answer -> ((Answer.Moved) answer).move()));
    }

    /// Tells what such a command would do now and what holds it back, decided by the rules that
    /// decide. It changes nothing. A command that carries the plan is refused if that has changed.
    public Preview preview(ClusterCommand.OfHoldings command) {
        return calls.await(calls.preview(command));
    }

    /// Returns the moves of all clusters that history still has, the newest first.
    public List<Move> moves() {
        return calls.await(calls.moves(""));
    }

    /// Returns the moves of one cluster that history still has, the newest first.
    public List<Move> movesOf(ClusterId cluster) {
        return calls.await(calls.moves(cluster.value()));
    }

    /// Returns the placements that were set, sorted by type.
    public List<Placement> placements() {
        return calls.await(DirectoryCalls.placements(calls));
    }

    /// Says which clusters may own grains of a type. Grains owned already stay where they are.
    ///
    /// @param allowed empty for any
    /// @param seenVersion the placement's version last seen; 0 if it was never set
    public Result<Placement> place(GrainType type, List<ClusterId> allowed, long seenVersion) {
        return calls.await(
                calls.command(
                        new DirectoryCommand.SetPlacement(type, allowed, seenVersion),
                        answer -> ((Answer.Placed) answer).placement()));
    }

    private static Explained<ClusterSummary> explained(ExplainClusterAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return new Explained<>(
                ClusterCodec.decodeSummary(answer.getCluster()),
                ExplanationCodec.decode(answer.getExplanation()));
    }

    private static ClusterCommand.FailOver failOver(
            MoveId id, ClusterId cluster, Fence seenFence, Successor successor, boolean force) {
        return new ClusterCommand.FailOver(
                id, cluster, seenFence, FailoverCause.OPERATOR, force, successor, PlanId.NONE);
    }

    private Result<Answer.Automation> automation(AutomationCommand command) {
        return calls.await(calls.command(command, Answer.Automation.class::cast));
    }

    private Result<ClusterRecord> record(Command command) {
        CompletableFuture<Result<ClusterRecord>> call =
                calls.command(command, answer -> ((Answer.Cluster) answer).cluster());
        return calls.await(call);
    }
}
