package io.staddle.statemachine.machine;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Removal;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// I14: who is in a group is known and is in it once, and who serves a vShard votes. Epochs and
/// incarnations never fall (I11), and nothing of routing is ever lost.
final class RoutingInvariants {
    private final Violations violations = new Violations();

    private RoutingInvariants() {}

    /// Returns what is wrong with the routing table of a state.
    static List<String> violations(Reads view) {
        RoutingInvariants check = new RoutingInvariants();
        Optional<RoutingLayout> layout = view.get(Schema.ROUTING, Schema.ONLY);
        var groups = Transitions.rows(view, Schema.GROUPS);
        var vShards = Transitions.rows(view, Schema.V_SHARDS);
        check.violations.unless(
                groups.size() == layout.map(RoutingLayout::groups).orElse(0)
                        && vShards.size() == layout.map(RoutingLayout::vShards).orElse(0),
                "I14 there are other groups and vShards than " + layout);
        groups.forEach(row -> check.group(row.value(), view));
        vShards.forEach(row -> check.vShard(row.value(), view));
        for (var row : Transitions.rows(view, Schema.NODES)) {
            long highest = view.get(Schema.NODE_INCARNATIONS, row.key()).orElse(0L);
            check.violations.unless(
                    row.value().incarnation() == highest,
                    "I14 " + row.value() + " is not of the highest incarnation " + highest);
        }
        return check.violations.toList();
    }

    /// Returns what is wrong with the way from one state to a later one.
    static List<String> violationsBetween(Reads before, Reads after) {
        RoutingInvariants check = new RoutingInvariants();
        for (var row : Transitions.rows(before, Schema.NODE_INCARNATIONS)) {
            long now = after.get(Schema.NODE_INCARNATIONS, row.key()).orElse(0L);
            check.violations.unless(
                    now >= row.value(), "I14 the incarnation of " + row.key() + " fell");
        }
        for (var row : Transitions.rows(before, Schema.GROUPS)) {
            Optional<GroupRecord> now = after.get(Schema.GROUPS, row.key());
            check.violations.unless(
                    now.filter(next -> isAfter(row.value(), next)).isPresent(),
                    "I14 a group went back: " + row.value() + " -> " + now);
        }
        for (var row : Transitions.rows(before, Schema.V_SHARDS)) {
            Optional<VShardRecord> now = after.get(Schema.V_SHARDS, row.key());
            check.violations.unless(
                    now.filter(next -> isAfter(row.value(), next)).isPresent(),
                    "I11 a vShard went back, or moved without a new epoch: "
                            + row.value()
                            + " -> "
                            + now);
        }
        return check.violations.toList();
    }

    private static boolean isAfter(GroupRecord was, GroupRecord is) {
        boolean same = was.voters().equals(is.voters()) && was.learners().equals(is.learners());
        return is.configVersion() >= was.configVersion()
                && (same || is.configVersion() > was.configVersion())
                && is.leaderTerm() >= was.leaderTerm()
                && (is.equals(was) || is.changed().compareTo(was.changed()) > 0);
    }

    private static boolean isAfter(VShardRecord was, VShardRecord is) {
        boolean moved =
                !is.leaseholder().equals(was.leaseholder()) || !is.group().equals(was.group());
        return is.epoch().compareTo(was.epoch()) >= 0
                && (!moved || is.epoch().compareTo(was.epoch()) > 0)
                && (is.equals(was) || is.changed().compareTo(was.changed()) > 0);
    }

    private void group(GroupRecord group, Reads view) {
        GroupId id = group.id();
        violations.unless(!group.voters().isEmpty(), "I14 group " + id + " has no voter");
        violations.unless(
                group.voters().stream().noneMatch(group.learners()::contains),
                "I14 group " + id + " has a learner that votes: " + group);
        violations.unless(
                isSet(group.voters()) && isSet(group.learners()),
                "I14 the members of group " + id + " are not sorted: " + group);
        for (NodeId node : group.voters()) {
            violations.unless(
                    isKnown(node, view), "I14 group " + id + " has a voter unknown: " + node);
        }
        for (NodeId node : group.learners()) {
            violations.unless(
                    isKnown(node, view), "I14 group " + id + " has a learner unknown: " + node);
        }
        removals(group);
        violations.unless(
                group.leader().filter(leader -> !group.voters().contains(leader)).isEmpty(),
                "I14 group " + id + " is led by who does not vote: " + group);
        group.observed()
                .forEach(each ->
                        violations.unless(
                                group.has(each.node())
                                        && each.configVersion() <= group.configVersion(),
                                "I14 group " + id + " observed what is not: " + each));
    }

    private void removals(GroupRecord group) {
        violations.unless(
                isSet(group.removals().stream().map(Removal::node).toList()),
                "I14 the removals of group " + group.id() + " are not sorted: " + group);
        group.removals()
                .forEach(each ->
                        violations.unless(
                                !group.has(each.node())
                                        && each.configVersion() <= group.configVersion(),
                                "I14 group " + group.id() + " has who was removed: " + each));
    }

    private void vShard(VShardRecord vShard, Reads view) {
        Optional<GroupRecord> group = view.get(Schema.GROUPS, vShard.group());
        violations.unless(
                group.filter(each -> each.voters().contains(vShard.leaseholder())).isPresent(),
                "I14 " + vShard + " is served by who does not vote in " + group);
    }

    private static boolean isSet(List<NodeId> nodes) {
        return nodes.equals(nodes.stream().distinct().sorted().toList());
    }

    private static boolean isKnown(NodeId node, Reads view) {
        Optional<NodeRecord> known = view.get(Schema.NODES, node);
        return known.isPresent();
    }
}
