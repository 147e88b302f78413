package io.staddle.cli.node;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.PlanWish;
import io.staddle.cli.migration.Balances;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.List;

/// `node fill`
@Command(
        name = "fill",
        description = {
            "Moves vShards and replicas to a data node until it has as much as the others.",
            "It is ACTIVE then. Waits until nothing is left to move, and can be begun again."
        })
public final class NodeFillVerb extends Verb {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final long BUDGET_MICROS = 500_000;

    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node = new NodeId("unset");

    @Option(
            names = "--once",
            description = "Begin as much as may go on at a time, and do not wait for it.")
    private boolean once;

    /// Creates it.
    public NodeFillVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws InterruptedException {
        ExitCode active = activate(session);
        if (active != ExitCode.DONE) {
            return active;
        }
        BalancePlan plan = plan(session);
        while (!plan.shifts().isEmpty()) {
            ExitCode begun = begin(session, plan);
            if (begun != ExitCode.DONE || once) {
                return begun;
            }
            await(session);
            plan = plan(session);
        }
        Balances.show(session, plan);
        return ExitCode.DONE;
    }

    private ExitCode activate(Session session) {
        NodeRecord seen = Nodes.find(session.routing(), node);
        return session.explain(
                session.routing().setNodeState(node, NodeState.ACTIVE, seen.version()));
    }

    private BalancePlan plan(Session session) {
        return session.migrations().plan(new PlanWish.Fill(node));
    }

    private ExitCode begin(Session session, BalancePlan plan) {
        Result<List<MigrationRecord>> result = session.migrations().apply(plan, BUDGET_MICROS);
        if (result instanceof Result.Done<List<MigrationRecord>>(_, var begun)) {
            session.say(Figures.count(begun.size(), "migration") + " to " + node + " begun");
        }
        return session.explain(result);
    }

    private void await(Session session) throws InterruptedException {
        while (session.migrations().list(0).stream().anyMatch(this::isInto)) {
            Thread.sleep(PERIOD);
        }
    }

    private boolean isInto(MigrationRecord migration) {
        return migration.header().target().equals(node);
    }
}
