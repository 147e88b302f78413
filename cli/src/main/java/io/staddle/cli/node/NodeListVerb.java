package io.staddle.cli.node;

import io.staddle.api.codec.NodeCodec;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.v1.ListNodesAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;

import java.util.List;

/// `node list`
@Command(name = "list", description = "Shows all data nodes.")
public final class NodeListVerb extends Verb {
    /// Creates it.
    public NodeListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<NodeRecord> nodes = session.routing().nodes();
        ListNodesAnswer.Builder answer = ListNodesAnswer.newBuilder();
        nodes.forEach(node -> answer.addNodes(NodeCodec.encode(node)));
        session.output().table(answer.build(), () -> Nodes.table(nodes));
        if (nodes.isEmpty()) {
            session.say("There are no data nodes. To make one known: staddle node register");
        }
        return ExitCode.DONE;
    }
}
