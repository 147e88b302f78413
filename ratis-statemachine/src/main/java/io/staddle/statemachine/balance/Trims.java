package io.staddle.statemachine.balance;

import io.staddle.api.command.RoutingCommand.ChangeGroup;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which members groups can do without. A migration leaves its source in the group: so it has one
/// voter more than it needs, until one goes that serves nothing there.
///
/// Nobody goes from a group in which a migration goes on, before the one who went last has left at
/// the data plane, before one of those who stay has
/// reported that the membership of now is in effect, or while one of them is silent: who goes may
/// be the only one that has all data.
public final class Trims {
    private final Reads view;
    private final long nowMillis;

    /// Looks at the state that `view` shows.
    ///
    /// @param nowMillis logical time
    public Trims(Reads view, long nowMillis) {
        this.view = view;
        this.nowMillis = nowMillis;
    }

    /// Returns the commands that take out voters, at most one of each group, by group.
    public List<ChangeGroup> voters() {
        Spread spread = Spread.of(view, nowMillis, Optional.empty());
        return view.values(Schema.GROUPS).stream()
                .filter(group -> group.voters().size() > group.replicationFactor())
                .filter(group -> group.removals().isEmpty())
                .filter(this::isAtRest)
                .flatMap(group ->
                        spread.surplus(spread.group(group.id())).stream()
                                .filter(node -> isSafe(group, node))
                                .map(node -> remove(group, node)))
                .toList();
    }

    /// Returns the commands that take out learners that no migration names, of nodes that leave.
    public List<ChangeGroup> learners() {
        return view.values(Schema.GROUPS).stream()
                .flatMap(group ->
                        group.learners().stream()
                                .filter(this::leaves)
                                .filter(node -> isNobodysTarget(group.id(), node))
                                .limit(1)
                                .map(node -> remove(group, node)))
                .toList();
    }

    private boolean isAtRest(GroupRecord group) {
        return Migrations.current(view).stream()
                .noneMatch(each -> each.header().group().equals(group.id()));
    }

    private boolean isSafe(GroupRecord group, NodeId goes) {
        List<NodeRecord> staying =
                group.voters().stream()
                        .filter(node -> !node.equals(goes))
                        .flatMap(node -> view.get(Schema.NODES, node).stream())
                        .toList();
        return staying.stream().allMatch(this::isHeard)
                && staying.stream().anyMatch(node -> hasSeenMembership(group, node));
    }

    private boolean isHeard(NodeRecord node) {
        long max = Configs.of(view).get(Setting.NODE_SUSPECT_AFTER_MILLIS);
        return nowMillis - node.seenMillis() <= max;
    }

    private static boolean hasSeenMembership(GroupRecord group, NodeRecord node) {
        return group.observedBy(node.id(), node.incarnation()) >= group.configVersion();
    }

    private boolean leaves(NodeId node) {
        return view.get(Schema.NODES, node)
                .filter(each -> each.state() == NodeState.DRAINING)
                .isPresent();
    }

    private boolean isNobodysTarget(GroupId group, NodeId node) {
        Stream<?> into = Migrations.into(group, node, view);
        return into.findAny().isEmpty();
    }

    private static ChangeGroup remove(GroupRecord group, NodeId node) {
        return new ChangeGroup(group.id(), GroupChange.REMOVE, node, group.configVersion());
    }
}
