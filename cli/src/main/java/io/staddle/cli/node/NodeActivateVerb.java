package io.staddle.cli.node;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `node activate`
@Command(
        name = "activate",
        description = {
            "Lets a data node hold replicas and serve vShards.",
            "A node that drains goes on as before."
        })
public final class NodeActivateVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    /// Creates it.
    public NodeActivateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        NodeRecord seen = Nodes.find(session.routing(), node);
        Result<NodeRecord> result =
                session.routing().setNodeState(node, NodeState.ACTIVE, seen.version());
        return session.conclude(
                result,
                Answer.Node::new,
                done -> "node %s is ACTIVE (revision %s)".formatted(node, done.revision()));
    }
}
