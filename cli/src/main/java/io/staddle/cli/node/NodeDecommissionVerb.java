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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `node decommission`
@Command(
        name = "decommission",
        description = {
            "Lets a data node leave for good: it is drained, unless one of its groups would then"
                    + " have",
            "too few voters. Once nothing needs it any more: the same with --finish."
        })
public final class NodeDecommissionVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    @Option(
            names = "--finish",
            description = "It is in no group any more: it has left. Refused if it is in one.")
    private boolean finish;

    /// Creates it.
    public NodeDecommissionVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        long seen = Nodes.find(session.routing(), node).version();
        Result<NodeRecord> result =
                finish
                        ? session.routing().setNodeState(node, NodeState.DECOMMISSIONED, seen)
                        : session.routing().decommissionNode(node, seen);
        return session.conclude(
                result,
                Answer.Node::new,
                done ->
                        "node %s is %s (revision %s)"
                                .formatted(node, done.value().state(), done.revision()));
    }
}
