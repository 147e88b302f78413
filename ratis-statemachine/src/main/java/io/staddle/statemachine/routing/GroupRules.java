package io.staddle.statemachine.routing;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.RoutingCommand.ChangeGroup;
import io.staddle.api.command.RoutingCommand.ReportGroup;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.ObservedConfig;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Decides who is in a group, and takes note of what its nodes say of it.
final class GroupRules {
    private GroupRules() {}

    static Decision change(ChangeGroup change, Reads view, Tick tick) {
        Optional<GroupRecord> known = view.get(Schema.GROUPS, change.group());
        if (known.isEmpty()) {
            return refuse(RoutingRefusals.notFound(change.group()));
        }
        if (view.get(Schema.NODES, change.node()).isEmpty()) {
            return refuse(RoutingRefusals.notFound(change.node()));
        }
        GroupRecord group = known.get();
        if (isDone(change, group)) {
            return accept(new Answer.Group(group));
        }
        if (group.configVersion() != change.seenConfigVersion()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "group",
                            group.id().toString(),
                            change.seenConfigVersion(),
                            group.configVersion()));
        }
        Optional<Refusal> unfit = unfit(change, group, view);
        if (unfit.isPresent()) {
            return refuse(unfit.get());
        }
        GroupRecord next =
                switch (change.change()) {
                    case ADD_LEARNER -> group.withLearner(change.node(), tick.since());
                    case PROMOTE -> group.withVoter(change.node(), tick.since());
                    case REMOVE -> group.removing(change.node(), tick.since());
                };
        return accept(
                new Answer.Group(next),
                new RoutingEvent.GroupChanged(change.change(), change.node(), next));
    }

    private static boolean isDone(ChangeGroup change, GroupRecord group) {
        return switch (change.change()) {
            case ADD_LEARNER -> group.has(change.node());
            case PROMOTE -> group.voters().contains(change.node());
            case REMOVE -> !group.has(change.node());
        };
    }

    private static Optional<Refusal> unfit(ChangeGroup change, GroupRecord group, Reads view) {
        NodeId node = change.node();
        Optional<MigrationRecord> migration = Migrations.into(group.id(), node, view).findFirst();
        if (migration.isPresent()) {
            return Optional.of(new Refusal.MigrationInProgress(migration.get().id()));
        }
        return switch (change.change()) {
            case ADD_LEARNER ->
                    RoutingRules.notActive(node, view)
                            .or(() -> RemovalRules.stillLeaving(node, group));
            case PROMOTE -> RoutingRules.notActive(node, view).or(() -> noLearner(node, group));
            case REMOVE ->
                    leaseholder(node, group, view)
                            .or(() -> RoutingRefusals.wouldViolateRf(node, group))
                            .or(() -> RemovalRules.notFenced(node, group, view));
        };
    }

    private static Optional<Refusal> noLearner(NodeId node, GroupRecord group) {
        return group.learners().contains(node)
                ? Optional.empty()
                : Optional.of(
                        new Refusal.IllegalTransition(
                                "node", node.value(), "no learner", "a voter"));
    }

    private static Optional<Refusal> leaseholder(NodeId node, GroupRecord group, Reads view) {
        return Routing.isLeaseholder(node, group.id(), view)
                ? Optional.of(new Refusal.NodeInUse(node, group.id()))
                : Optional.empty();
    }

    static Decision report(ReportGroup report, Reads view, Tick tick) {
        Optional<GroupRecord> known = view.get(Schema.GROUPS, report.group());
        if (known.isEmpty()) {
            return refuse(RoutingRefusals.notFound(report.group()));
        }
        Optional<NodeRecord> node = view.get(Schema.NODES, report.node());
        if (node.isEmpty()) {
            return refuse(RoutingRefusals.notFound(report.node()));
        }
        GroupRecord group = known.get();
        Optional<Refusal> unbelievable = unbelievable(report, group, node.get());
        if (unbelievable.isPresent()) {
            return refuse(unbelievable.get());
        }
        GroupRecord next = led(report, observed(report, group, tick), tick);
        return next.equals(group)
                ? accept(new Answer.Group(group))
                : accept(
                        new Answer.Group(next),
                        new RoutingEvent.GroupReported(report.node(), next));
    }

    private static Optional<Refusal> unbelievable(
            ReportGroup report, GroupRecord group, NodeRecord node) {
        if (report.incarnation() != node.incarnation()) {
            return Optional.of(
                    new Refusal.StaleIncarnation(
                            node.id(), report.incarnation(), node.incarnation()));
        }
        if (!group.has(node.id())) {
            return Optional.of(new Refusal.NotAMember(node.id(), group.id()));
        }
        return report.configVersion() > group.configVersion()
                ? Optional.of(
                        new Refusal.OutOfRange(
                                "config version", report.configVersion(), 0, group.configVersion()))
                : Optional.empty();
    }

    private static GroupRecord observed(ReportGroup report, GroupRecord group, Tick tick) {
        long before = group.observedBy(report.node(), report.incarnation());
        ObservedConfig now =
                new ObservedConfig(report.node(), report.incarnation(), report.configVersion());
        return report.configVersion() > before ? group.observed(now, tick.since()) : group;
    }

    /// Who leads is a hint: the newest term counts, and only who votes can lead.
    private static GroupRecord led(ReportGroup report, GroupRecord group, Tick tick) {
        boolean isNews =
                report.leaderTerm() >= group.leaderTerm()
                        && report.leader().filter(group.voters()::contains).isPresent()
                        && !(report.leader().equals(group.leader())
                                && report.leaderTerm() == group.leaderTerm());
        return isNews ? group.ledBy(report.leader(), report.leaderTerm(), tick.since()) : group;
    }
}
