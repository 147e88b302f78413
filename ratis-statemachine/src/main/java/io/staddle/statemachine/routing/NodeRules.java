package io.staddle.statemachine.routing;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.NodeCommand.DecommissionNode;
import io.staddle.api.command.NodeCommand.RecordNodeBeats;
import io.staddle.api.command.NodeCommand.RegisterNode;
import io.staddle.api.command.NodeCommand.RemoveNode;
import io.staddle.api.command.NodeCommand.SetNodeState;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// Decides the commands about data nodes.
public final class NodeRules {
    private NodeRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(NodeCommand command, Reads view, Tick tick) {
        return switch (command) {
            case RegisterNode register -> register(register, view, tick);
            case SetNodeState set -> setState(set, view);
            case DecommissionNode decommission -> decommission(decommission, view);
            case RemoveNode remove -> remove(remove, view);
            case RecordNodeBeats record -> recordBeats(record, view, tick);
        };
    }

    private static Decision register(RegisterNode register, Reads view, Tick tick) {
        long highest = view.get(Schema.NODE_INCARNATIONS, register.node()).orElse(0L);
        if (register.incarnation() < highest) {
            return refuse(
                    new Refusal.StaleIncarnation(register.node(), register.incarnation(), highest));
        }
        Optional<NodeRecord> known = view.get(Schema.NODES, register.node());
        if (known.isPresent() && isSame(register, known.get())) {
            return accept(new Answer.Node(known.get()));
        }
        NodeRecord node =
                known.map(before ->
                                before.registered(
                                        register.address(),
                                        register.incarnation(),
                                        tick.nowMillis()))
                        .orElseGet(() -> joining(register, tick));
        return accept(new Answer.Node(node), new RoutingEvent.NodeRegistered(node));
    }

    private static boolean isSame(RegisterNode register, NodeRecord known) {
        return known.incarnation() == register.incarnation()
                && known.address().equals(register.address());
    }

    private static NodeRecord joining(RegisterNode register, Tick tick) {
        return new NodeRecord(
                register.node(),
                register.address(),
                register.incarnation(),
                NodeState.JOINING,
                tick.nowMillis(),
                1,
                false);
    }

    private static Decision setState(SetNodeState set, Reads view) {
        Optional<NodeRecord> known = view.get(Schema.NODES, set.node());
        if (known.isEmpty()) {
            return refuse(RoutingRefusals.notFound(set.node()));
        }
        NodeRecord node = known.get();
        if (node.state() == set.state()) {
            return accept(new Answer.Node(node));
        }
        if (node.version() != set.seenVersion()) {
            return refuse(RoutingRefusals.versionConflict(node, set.seenVersion()));
        }
        if (!node.state().leadsTo(set.state())) {
            return refuse(RoutingRefusals.illegal(node, set.state()));
        }
        Optional<GroupRecord> needed =
                set.state() == NodeState.DECOMMISSIONED
                        ? Routing.groupsOf(node.id(), view).stream().findFirst()
                        : Optional.empty();
        return needed.isPresent()
                ? refuse(new Refusal.NodeInUse(node.id(), needed.get().id()))
                : changed(node, node.in(set.state()));
    }

    private static Decision decommission(DecommissionNode decommission, Reads view) {
        Optional<NodeRecord> known = view.get(Schema.NODES, decommission.node());
        if (known.isEmpty()) {
            return refuse(RoutingRefusals.notFound(decommission.node()));
        }
        NodeRecord node = known.get();
        if (node.state() == NodeState.DECOMMISSIONED) {
            return refuse(new Refusal.AlreadyDecommissioned(node.id()));
        }
        if (node.leaves()) {
            return accept(new Answer.Node(node));
        }
        if (node.version() != decommission.seenVersion()) {
            return refuse(RoutingRefusals.versionConflict(node, decommission.seenVersion()));
        }
        boolean drains = node.state() == NodeState.DRAINING;
        if (!drains && !node.state().leadsTo(NodeState.DRAINING)) {
            return refuse(RoutingRefusals.illegal(node, NodeState.DRAINING));
        }
        Optional<Refusal> unsafe = wouldViolateRf(node.id(), view);
        return unsafe.isPresent() ? refuse(unsafe.get()) : changed(node, node.leaving());
    }

    /// Refuses a node without which a group would have too few voters; the first such group.
    private static Optional<Refusal> wouldViolateRf(NodeId node, Reads view) {
        List<GroupRecord> groups = Routing.groups(view);
        return groups.stream()
                .flatMap(group -> RoutingRefusals.wouldViolateRf(node, group).stream())
                .findFirst();
    }

    private static Decision remove(RemoveNode remove, Reads view) {
        if (view.get(Schema.NODE_INCARNATIONS, remove.node()).isEmpty()) {
            return refuse(RoutingRefusals.notFound(remove.node()));
        }
        Optional<NodeRecord> known = view.get(Schema.NODES, remove.node());
        if (known.isEmpty()) {
            return accept(new Answer.Removed("nodes", 1));
        }
        NodeRecord node = known.get();
        if (node.state() != NodeState.DECOMMISSIONED) {
            return refuse(
                    new Refusal.IllegalTransition(
                            "node", node.id().value(), node.state().name(), "removed"));
        }
        return accept(
                new Answer.Removed("nodes", 1),
                new RoutingEvent.NodeRemoved(node.id(), node.incarnation()));
    }

    private static Decision recordBeats(RecordNodeBeats record, Reads view, Tick tick) {
        List<NodeBeat> news =
                record.beats().stream()
                        .map(beat -> notAfter(tick, beat))
                        .filter(beat -> isNews(beat, view))
                        .toList();
        return news.isEmpty()
                ? accept(new Answer.Noted())
                : accept(new Answer.Noted(), new RoutingEvent.NodesHeard(news));
    }

    private static boolean isNews(NodeBeat beat, Reads view) {
        return view.get(Schema.NODES, beat.node())
                .filter(node -> node.incarnation() == beat.incarnation())
                .filter(node -> node.seenMillis() < beat.seenAtMillis())
                .isPresent();
    }

    /// Nothing was heard in the future: a beat that says so would be the last one that counts.
    private static NodeBeat notAfter(Tick tick, NodeBeat beat) {
        long at = Math.min(beat.seenAtMillis(), tick.nowMillis());
        return new NodeBeat(beat.node(), beat.incarnation(), at);
    }

    private static Decision changed(NodeRecord node, NodeRecord next) {
        return accept(new Answer.Node(next), new RoutingEvent.NodeStateChanged(node.state(), next));
    }
}
