package io.staddle.cli.node;

import io.staddle.api.codec.NodeCodec;
import io.staddle.api.codec.RoutingCodec;
import io.staddle.api.id.NodeId;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.RoutingDelta;
import io.staddle.api.v1.GetRoutingAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `node show`
@Command(
        name = "show",
        description = {
            "Shows a data node: what it serves, votes and learns in, and what it has not left.",
            "JSON has its groups and the vShards that it serves."
        })
public final class NodeShowVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    /// Creates it.
    public NodeShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        RoutingDelta routing = session.routing().changesAfter(0, Consistency.LINEARIZABLE).value();
        NodeShare share = NodeShare.of(Nodes.find(routing.nodes(), node), routing);
        session.output().show(answer(share), () -> Nodes.details(share));
        return ExitCode.DONE;
    }

    private static GetRoutingAnswer answer(NodeShare share) {
        GetRoutingAnswer.Builder answer =
                GetRoutingAnswer.newBuilder().addNodes(NodeCodec.encode(share.node()));
        share.groups().forEach(each -> answer.addGroups(RoutingCodec.encode(each)));
        share.serves().forEach(each -> answer.addVShards(RoutingCodec.encode(each)));
        return answer.build();
    }
}
