package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Move;
import io.staddle.api.model.Placement;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Consistency;

import java.util.List;
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

    /// Sets the health of a cluster by hand; to FAILED only [#failOver] leads.
    ///
    /// @param seenVersion the record's version last seen
    public Result<ClusterRecord> setState(ClusterId cluster, ClusterState state, long seenVersion) {
        return record(new ClusterCommand.SetState(cluster, state, seenVersion));
    }

    /// Forgets a cluster that owns nothing; refused with `OWNS_GRAINS` otherwise.
    ///
    /// @param seenVersion the record's version last seen
    public Result<Answer.Removed> remove(ClusterId cluster, long seenVersion) {
        return calls.await(
                calls.command(
                        new ClusterCommand.Remove(cluster, seenVersion),
                        Answer.Removed.class::cast));
    }

    /// Returns all clusters, sorted by id, linearizably.
    public List<ClusterSummary> list() {
        return list(Consistency.LINEARIZABLE).value();
    }

    /// Returns all clusters, sorted by id, as fresh as asked for.
    public Observed<List<ClusterSummary>> list(Consistency consistency) {
        return calls.await(calls.clusters(consistency));
    }

    /// Demotes a cluster: whatever it owns gets a successor, or is stranded.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    /// @param seenFence the cluster's fence last seen
    public Result<Move> failOver(
            MoveId id, ClusterId cluster, Fence seenFence, Successor successor) {
        return move(new ClusterCommand.FailOver(id, cluster, seenFence, successor));
    }

    /// Gives a healthy cluster back the holdings that it had claimed and lost.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    public Result<Move> failBack(MoveId id, ClusterId cluster) {
        return move(new ClusterCommand.FailBack(id, cluster));
    }

    /// Moves what a cluster owns, while it lives on.
    ///
    /// @param id made up by the caller, so that the command can be repeated
    /// @param types the types to move; empty for all
    public Result<Move> evacuate(
            MoveId id, ClusterId cluster, List<GrainType> types, Successor successor) {
        return move(new ClusterCommand.Evacuate(id, cluster, types, successor));
    }

    /// Carries out a failover, a fail-back or an evacuation.
    public Result<Move> move(ClusterCommand.OfHoldings command) {
        return calls.await(calls.command(command, answer -> ((Answer.Moved) answer).move()));
    }

    /// Tells what such a command would do now, decided by the rules that decide. It changes
    /// nothing.
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
        return calls.await(calls.placements());
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

    private Result<ClusterRecord> record(ClusterCommand command) {
        CompletableFuture<Result<ClusterRecord>> call =
                calls.command(command, answer -> ((Answer.Cluster) answer).cluster());
        return calls.await(call);
    }
}
