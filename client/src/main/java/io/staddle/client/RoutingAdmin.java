package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.Command;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Removal;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.RoutingDelta;
import io.staddle.api.refusal.Refusal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Data nodes, groups, vShards, and who serves what.
///
/// Each method waits for its answer, as those of [GrainDirectory] do, and throws the same.
public final class RoutingAdmin {
    private final Calls calls;

    RoutingAdmin(Calls calls) {
        this.calls = calls.waitingForRoom();
    }

    /// Makes a node known, or says that it has restarted or moved. Refused with
    /// `STALE_INCARNATION` below the highest incarnation that the node ever had.
    ///
    /// @param incarnation which life of the node this is, 1 or more; higher after each restart
    public Result<NodeRecord> registerNode(NodeId node, NodeAddress address, long incarnation) {
        return node(new NodeCommand.RegisterNode(node, address, incarnation));
    }

    /// Lets a node take part more or less.
    ///
    /// @param seenVersion the record's version last seen
    public Result<NodeRecord> setNodeState(NodeId node, NodeState state, long seenVersion) {
        return node(new NodeCommand.SetNodeState(node, state, seenVersion));
    }

    /// Lets a node leave for good; refused with `WOULD_VIOLATE_RF` if a group would have too few
    /// voters.
    ///
    /// @param seenVersion the record's version last seen
    public Result<NodeRecord> decommissionNode(NodeId node, long seenVersion) {
        return node(new NodeCommand.DecommissionNode(node, seenVersion));
    }

    /// Forgets a node that was decommissioned.
    public Result<Answer.Removed> removeNode(NodeId node) {
        return command(new NodeCommand.RemoveNode(node), Answer.Removed.class::cast);
    }

    /// Gives the leader a sign of life of a node. Returns why it was not taken; empty if it was.
    ///
    /// @param incarnation the life of the node that is registered
    public Optional<Refusal> beat(NodeId node, long incarnation) {
        return beat(node, incarnation, List.of());
    }

    /// Gives the leader a sign of life of a node, and tells it of the ghosts at that node. One that
    /// nobody has come for of late, `PURGE`, is removed by the leader once it is
    /// `ghosts.keep-millis` old. Returns why it was not taken; empty if it was.
    ///
    /// @param incarnation the life of the node that is registered
    /// @param ghosts those of [#ghosts] whose source is the node, or some of them
    public Optional<Refusal> beat(NodeId node, long incarnation, List<GhostVerdict> ghosts) {
        return calls.await(RoutingCalls.beat(calls, node, incarnation, ghosts));
    }

    /// Returns all nodes, sorted, linearizably.
    public List<NodeRecord> nodes() {
        return calls.await(RoutingCalls.nodes(calls));
    }

    /// Makes groups and vShards, spread evenly over nodes. Once: refused with
    /// `ALREADY_INITIALIZED` if the layout differs from the one that was made.
    public Result<RoutingLayout> init(RoutingLayout layout) {
        return command(
                new RoutingCommand.InitRouting(layout),
                answer -> ((Answer.Routing) answer).layout());
    }

    /// Changes the members of a group.
    ///
    /// @param seenConfigVersion the group's configuration last seen
    public Result<GroupRecord> changeGroup(
            GroupId group, GroupChange change, NodeId node, long seenConfigVersion) {
        return group(new RoutingCommand.ChangeGroup(group, change, node, seenConfigVersion));
    }

    /// Says how far a node has put the members of its group into effect; see
    /// [RoutingCommand.ReportGroup].
    public Result<GroupRecord> reportGroup(RoutingCommand.ReportGroup report) {
        return group(report);
    }

    /// Says that the data plane has taken a node out of its group; see
    /// [RoutingCommand.ConfirmRemoval].
    ///
    /// @param by who says so: a voter of the group, or the node itself
    public Result<GroupRecord> confirmRemoval(GroupId group, Removal removal, NodeId by) {
        return group(
                new RoutingCommand.ConfirmRemoval(
                        group, removal.node(), removal.configVersion(), by));
    }

    /// Lets another node serve a vShard, without moving any data.
    ///
    /// @param seenEpoch the vShard's epoch last seen
    public Result<VShardRecord> assign(
            VShardId vShard, GroupId group, NodeId leaseholder, Epoch seenEpoch) {
        return command(
                new RoutingCommand.AssignVShard(vShard, group, leaseholder, seenEpoch),
                answer -> ((Answer.VShard) answer).vShard());
    }

    /// Returns what has changed of routing after an index of the log; everything for 0. The index
    /// to ask for next is the one of the answer.
    public Observed<RoutingDelta> changesAfter(long index, Consistency consistency) {
        return calls.await(RoutingCalls.changes(calls, index, consistency));
    }

    /// Returns all of routing, linearizably.
    public RoutingDelta all() {
        return changesAfter(0, Consistency.LINEARIZABLE).value();
    }

    /// Returns the vShard that a key belongs to, linearizably; empty if routing was not
    /// initialised. Which one it is needs no server: [VShardId#ofKey].
    public Optional<VShardRecord> route(String key) {
        return calls.await(RoutingCalls.route(calls, key));
    }

    /// Tells whether `holder` serves a vShard in that epoch, linearizably.
    public boolean check(VShardId vShard, NodeId holder, Epoch epoch) {
        return calls.await(RoutingCalls.check(calls, vShard, holder, epoch));
    }

    /// Returns the ghost that sends whoever comes to `source` on to the node that serves the vShard
    /// now; empty if there is none.
    public Optional<Ghost> resolve(VShardId vShard, NodeId source) {
        return calls.await(RoutingCalls.resolve(calls, vShard, source));
    }

    /// Returns all ghosts, by vShard.
    public List<Ghost> ghosts() {
        return calls.await(RoutingCalls.ghosts(calls));
    }

    /// Sets how many still need a ghost; at 0 it is gone.
    ///
    /// @param seenVersion the ghost's version last seen
    public Result<Answer> adjustGhost(
            VShardId vShard, NodeId source, long references, long seenVersion) {
        return command(
                new GhostCommand.AdjustGhost(vShard, source, references, seenVersion),
                answer -> answer);
    }

    /// Removes the ghosts that were found not to be needed.
    public Result<Answer> sweepGhosts(List<GhostVerdict> verdicts) {
        return command(new GhostCommand.SweepGhosts(verdicts), answer -> answer);
    }

    private Result<NodeRecord> node(NodeCommand command) {
        return command(command, answer -> ((Answer.Node) answer).node());
    }

    private Result<GroupRecord> group(RoutingCommand command) {
        return command(command, answer -> ((Answer.Group) answer).group());
    }

    private <T> Result<T> command(Command command, Function<Answer, T> view) {
        return calls.await(calls.command(command, view));
    }
}
