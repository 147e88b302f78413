package io.staddle.cli.routing;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `routing member`
@Command(
        name = "member",
        description = {
            "Changes who is in a group: what must be. Its nodes put it into effect and report.",
            "Who was removed is LEAVING in `routing show` until the data plane has taken it out.",
            "A voter is made of a learner, and never fewer remain than the group is meant to have."
        })
public final class RoutingMemberVerb extends Verb {
    @Parameters(paramLabel = "GROUP", description = "The group.")
    private GroupId group = new GroupId(1);

    @Parameters(paramLabel = "CHANGE", description = "add_learner, promote or remove.")
    private GroupChange change = GroupChange.ADD_LEARNER;

    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    /// Creates it.
    public RoutingMemberVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        GroupRecord seen = Routes.group(session.routing(), group);
        Result<GroupRecord> result =
                session.routing().changeGroup(group, change, node, seen.configVersion());
        return session.conclude(
                result,
                Answer.Group::new,
                done ->
                        "group %s: voters %s, learners %s, configuration %s (revision %s)"
                                .formatted(
                                        group,
                                        done.value().voters(),
                                        done.value().learners(),
                                        done.value().configVersion(),
                                        done.revision()));
    }
}
