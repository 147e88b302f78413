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

/// `node drain`
@Command(
        name = "drain",
        description = {"Gives nothing new to a data node. It keeps what it has."})
public final class NodeDrainVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    /// Creates it.
    public NodeDrainVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        NodeRecord seen = Nodes.find(session.routing(), node);
        Result<NodeRecord> result =
                session.routing().setNodeState(node, NodeState.DRAINING, seen.version());
        return session.conclude(
                result,
                Answer.Node::new,
                done ->
                        "node %s is DRAINING: it gets nothing new (revision %s)"
                                .formatted(node, done.revision()));
    }
}
