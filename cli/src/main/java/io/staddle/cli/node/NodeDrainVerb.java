package io.staddle.cli.node;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.PlanWish;
import io.staddle.cli.migration.Balances;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.stream.Stream;

/// `node drain`
@Command(
        name = "drain",
        description = {
            "Gives nothing new to a data node, and moves away what it has.",
            "Others take its place in its groups, and serve what it serves. It stays known: to let"
                    + " it go",
            "for good, node decommission; to take it back, node fill. To see before what would"
                    + " move:",
            "migration plan --drain NODE"
        })
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
        ExitCode code =
                session.conclude(
                        result,
                        Answer.Node::new,
                        done ->
                                "node %s is DRAINING: it gets nothing new (revision %s)"
                                        .formatted(node, done.revision()));
        if (code == ExitCode.DONE) {
            session.say(next(session));
        }
        return code;
    }

    private String next(Session session) {
        BalancePlan plan = session.migrations().plan(new PlanWish.Drain(node));
        List<String> stuck = Balances.held(plan);
        String moves =
                plan.shifts().isEmpty()
                        ? "Nothing is to be moved away from it now."
                        : "What it has moves away by itself, unless balance.auto-drain is 0."
                                + " To see it: staddle migration list";
        return String.join(
                System.lineSeparator(), Stream.concat(Stream.of(moves), stuck.stream()).toList());
    }
}
