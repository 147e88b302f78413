package io.staddle.cli.node;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeRecord;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `node register`
@Command(
        name = "register",
        description = {
            "Makes a data node known, or says that it has restarted or moved.",
            "Nothing is given to it before it is ACTIVE: staddle node activate."
        })
public final class NodeRegisterVerb extends Verb {
    @Parameters(
            paramLabel = "NODE",
            description = "Its name: letters, digits and . _ - , at most 64.")
    private NodeId node = new NodeId("unset");

    @Parameters(paramLabel = "HOST:PORT", description = "Where it is reached.")
    private NodeAddress address = new NodeAddress("unset", 1);

    @Option(
            names = "--incarnation",
            paramLabel = "NUMBER",
            description = "Which life of the node this is, higher after each restart. Default: 1")
    private long incarnation = 1;

    /// Creates it.
    public NodeRegisterVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Result<NodeRecord> result = session.routing().registerNode(node, address, incarnation);
        return session.conclude(
                result,
                Answer.Node::new,
                done ->
                        "node %s is registered: %s, incarnation %s (revision %s)"
                                .formatted(
                                        node,
                                        done.value().state(),
                                        done.value().incarnation(),
                                        done.revision()));
    }
}
