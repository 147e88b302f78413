package io.staddle.server.task;

import io.staddle.api.command.Command;
import io.staddle.api.command.NodeCommand.SetNodeState;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Setting;
import io.staddle.api.query.PlanWish;
import io.staddle.statemachine.balance.Attempts;
import io.staddle.statemachine.balance.BalancePlans;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.query.RoutingQueries;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Empties data nodes that drain, and lets those go for good that are to leave and are in no group
/// any more.
public final class Decommissioner implements LeaderTask {
    private final Vigil vigil;

    /// @param vigil the clock that the leader stamps entries with
    public Decommissioner(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "decommissioner";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run(View view, Proposer proposer) {
        List<NodeRecord> draining =
                new RoutingQueries(view)
                        .nodes().stream()
                                .filter(node -> node.state() == NodeState.DRAINING)
                                .toList();
        boolean empties = new Queries(view).config().isOn(Setting.DRAIN_AUTO);
        List<Command> due =
                draining.stream()
                        .flatMap(node ->
                                Stream.concat(
                                        empties ? moves(node, view) : Stream.empty(),
                                        departure(node, view)))
                        .toList();
        Parallel.each(due, each -> name(), proposer::propose);
    }

    private Stream<? extends Command> moves(NodeRecord node, View view) {
        return BalancePlans.due(
                new PlanWish.Drain(node.id()),
                view,
                vigil.tick(),
                new Attempts("drain", view, vigil.tick().nowMillis())::next)
                .stream();
    }

    private static Stream<SetNodeState> departure(NodeRecord node, View view) {
        boolean isFree = new RoutingQueries(view).groupsOf(node.id()).isEmpty();
        return node.leaves() && isFree
                ? Stream.of(new SetNodeState(node.id(), NodeState.DECOMMISSIONED, node.version()))
                : Stream.empty();
    }
}
