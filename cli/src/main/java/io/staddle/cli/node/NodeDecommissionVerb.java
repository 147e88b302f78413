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
            "Lets a data node leave for good.",
            "Not if one of its groups would then have too few voters: drain it first, so that"
                    + " others take",
            "its place. It is DECOMMISSIONED by itself once it is in no group, and can be forgotten"
                    + " then:",
            "node remove"
        })
public final class NodeDecommissionVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    @Option(
            names = "--finish",
            description = "It has left: do not wait for it. Refused if it is in a group.")
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
