package io.staddle.cli.node;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `node remove`
@Command(
        name = "remove",
        description = {
            "Forgets a data node that was decommissioned.",
            "Its incarnation is remembered, should a node of that name come back."
        })
public final class NodeRemoveVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public NodeRemoveVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        confirmation.seek(session.shell(), "This forgets node " + node, node.value());
        Result<Answer.Removed> result = session.routing().removeNode(node);
        return session.conclude(
                result,
                removed -> removed,
                done -> "node %s is removed (revision %s)".formatted(node, done.revision()));
    }
}
