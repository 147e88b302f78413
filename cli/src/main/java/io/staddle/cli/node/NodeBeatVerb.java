package io.staddle.cli.node;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `node beat`
@Command(
        name = "beat",
        description = {
            "Gives a sign of life of a data node. Nodes do so by themselves; this is for drills.",
            "A node that does not beat gets no migration, and one to it is aborted."
        })
public final class NodeBeatVerb extends Verb {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    /// Creates it.
    public NodeBeatVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        NodeRecord seen = Nodes.find(session.routing(), node);
        Optional<Refusal> refused = session.routing().beat(node, seen.incarnation());
        if (refused.isPresent()) {
            return session.refused(refused.get());
        }
        session.say("node " + node + " was heard");
        return ExitCode.DONE;
    }
}
