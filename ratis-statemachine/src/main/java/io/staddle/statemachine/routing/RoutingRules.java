package io.staddle.statemachine.routing;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.command.RoutingCommand.AssignVShard;
import io.staddle.api.command.RoutingCommand.ChangeGroup;
import io.staddle.api.command.RoutingCommand.ConfirmRemoval;
import io.staddle.api.command.RoutingCommand.InitRouting;
import io.staddle.api.command.RoutingCommand.ReportGroup;
import io.staddle.api.event.Event;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the commands about groups and vShards.
public final class RoutingRules {
    private RoutingRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(RoutingCommand command, Reads view, Tick tick) {
        return switch (command) {
            case InitRouting init -> init(init.layout(), view);
            case ChangeGroup change -> GroupRules.change(change, view, tick);
            case ReportGroup report -> GroupRules.report(report, view, tick);
            case ConfirmRemoval confirm -> RemovalRules.confirm(confirm, view, tick);
            case AssignVShard assign -> assign(assign, view, tick);
        };
    }

    private static Decision init(RoutingLayout layout, Reads view) {
        Optional<RoutingLayout> done = view.get(Schema.ROUTING, Schema.ONLY);
        if (done.isPresent()) {
            RoutingLayout is = done.get();
            return is.equals(layout)
                    ? accept(new Answer.Routing(is))
                    : refuse(new Refusal.AlreadyInitialized(is.vShards(), is.groups()));
        }
        for (NodeId id : layout.nodes()) {
            Optional<Refusal> unfit = notActive(id, view);
            if (unfit.isPresent()) {
                return refuse(unfit.get());
            }
        }
        if (layout.replicationFactor() > layout.nodes().size()) {
            return refuse(
                    new Refusal.InvalidConfig(
                            "replication factor",
                            "at most the number of nodes, " + layout.nodes().size(),
                            "" + layout.replicationFactor()));
        }
        return accept(new Answer.Routing(layout), new RoutingEvent.RoutingInitialised(layout));
    }

    /// Refuses a node that is unknown or that may not be given anything.
    static Optional<Refusal> notActive(NodeId id, Reads view) {
        Optional<NodeRecord> node = view.get(Schema.NODES, id);
        if (node.isEmpty()) {
            return Optional.of(RoutingRefusals.notFound(id));
        }
        return node.get().state() == NodeState.ACTIVE
                ? Optional.empty()
                : Optional.of(new Refusal.NodeNotActive(id, node.get().state()));
    }

    private static Decision assign(AssignVShard assign, Reads view, Tick tick) {
        Optional<VShardRecord> known = view.get(Schema.V_SHARDS, assign.vShard());
        if (known.isEmpty()) {
            return refuse(RoutingRefusals.notFound(assign.vShard()));
        }
        Optional<GroupRecord> group = view.get(Schema.GROUPS, assign.group());
        if (group.isEmpty()) {
            return refuse(RoutingRefusals.notFound(assign.group()));
        }
        VShardRecord vShard = known.get();
        boolean isThere =
                vShard.group().equals(assign.group())
                        && vShard.leaseholder().equals(assign.leaseholder());
        if (isThere && vShard.epoch().isNextAfter(assign.seenEpoch())) {
            return accept(new Answer.VShard(vShard));
        }
        if (!vShard.epoch().equals(assign.seenEpoch())) {
            return refuse(
                    new Refusal.EpochConflict(vShard.id(), assign.seenEpoch(), vShard.epoch()));
        }
        Optional<Refusal> refusal = inTheWay(assign, vShard, view);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        if (!group.get().voters().contains(assign.leaseholder())) {
            return refuse(new Refusal.NotAMember(assign.leaseholder(), assign.group()));
        }
        VShardRecord next = vShard.assigned(assign.group(), assign.leaseholder(), tick.since());
        List<Event> events = new ArrayList<>();
        events.add(new RoutingEvent.VShardMoved(vShard.leaseholder(), next));
        events.addAll(Ghosts.follow(next, view));
        return accept(new Answer.VShard(next), events);
    }

    /// A vShard that migrates is not given to anybody, and none to who may have to go again.
    private static Optional<Refusal> inTheWay(
            AssignVShard assign, VShardRecord vShard, Reads view) {
        if (vShard.engagement() instanceof Engagement.Migrating(MigrationId id)) {
            return Optional.of(new Refusal.MigrationInProgress(id));
        }
        return Migrations.joining(assign.group(), assign.leaseholder(), view)
                .map(each -> new Refusal.MigrationInProgress(each.id()));
    }
}
