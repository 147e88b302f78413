package io.staddle.cli.routing;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Removal;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `routing left`
@Command(
        name = "left",
        description = {
            "Says that who was removed has left at the data plane, too. Agents do so themselves.",
            "If it still votes there, what was written may be lost with it."
        })
public final class RoutingLeftVerb extends Verb {
    @Parameters(paramLabel = "GROUP", description = "The group.")
    private GroupId group = new GroupId(1);

    @Parameters(paramLabel = "NODE", description = "The node that is LEAVING it.")
    private NodeId node = new NodeId("unset");

    /// Creates it.
    public RoutingLeftVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Removal removal =
                Routes.group(session.routing(), group)
                        .removalOf(node)
                        .orElseThrow(() ->
                                CliException.refused(
                                        "node %s is not leaving group %s".formatted(node, group),
                                        "To see who leaves: staddle routing show"));
        Result<GroupRecord> result = session.routing().confirmRemoval(group, removal, node);
        return session.conclude(
                result,
                Answer.Group::new,
                done ->
                        "node %s has left group %s (revision %s)"
                                .formatted(node, group, done.revision()));
    }
}
