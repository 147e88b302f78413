package io.staddle.statemachine.routing;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.RoutingCommand.ConfirmRemoval;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Removal;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Decides when a node has left a group at the data plane, too, and what has to wait for that.
///
/// Until then it becomes no member again, and does not leave for good: whatever the data plane may
/// still do about the removal is done to who is not meant to be there.
public final class RemovalRules {
    private RemovalRules() {}

    static Decision confirm(ConfirmRemoval confirm, Reads view, Tick tick) {
        Optional<GroupRecord> known = view.get(Schema.GROUPS, confirm.group());
        if (known.isEmpty()) {
            return refuse(RoutingRefusals.notFound(confirm.group()));
        }
        GroupRecord group = known.get();
        if (confirm.configVersion() > group.configVersion()) {
            return refuse(
                    new Refusal.OutOfRange(
                            "config version", confirm.configVersion(), 0, group.configVersion()));
        }
        Optional<Removal> removal =
                group.removalOf(confirm.node())
                        .filter(each -> each.configVersion() == confirm.configVersion());
        if (removal.isEmpty()) {
            return accept(new Answer.Group(group));
        }
        if (!group.voters().contains(confirm.by()) && !confirm.by().equals(confirm.node())) {
            return refuse(new Refusal.NotAMember(confirm.by(), group.id()));
        }
        GroupRecord next = group.removed(removal.get(), tick.since());
        return accept(new Answer.Group(next), new RoutingEvent.GroupReported(confirm.by(), next));
    }

    /// Refuses to make a member of who has not left.
    public static Optional<Refusal> stillLeaving(NodeId node, GroupRecord group) {
        return group.removalOf(node).map(each -> new Refusal.StillLeaving(node, group.id()));
    }

    /// Refuses to take out whom an attempt that is not fenced might still make a member.
    static Optional<Refusal> notFenced(NodeId node, GroupRecord group, Reads view) {
        return Migrations.current(view).stream()
                .filter(each -> each.header().group().equals(group.id()))
                .filter(each -> each.header().target().equals(node))
                .map(MigrationRecord::id)
                .findFirst()
                .map(Refusal.NotFenced::new);
    }
}
