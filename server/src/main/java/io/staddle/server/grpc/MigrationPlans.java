package io.staddle.server.grpc;

import io.staddle.api.codec.BalanceCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.PlanWish;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.PlanMigrationsAnswer;
import io.staddle.api.v1.PlanMigrationsRequest;
import io.staddle.statemachine.balance.BalancePlans;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.query.RoutingQueries;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.Optional;

/// Which vShards should move now: the planner looks at a view, and nothing is proposed.
final class MigrationPlans {
    private MigrationPlans() {}

    /// @param clock what silence is counted by
    static Reads.Request<PlanMigrationsAnswer> request(
            PlanMigrationsRequest request, InstantSource clock) {
        PlanWish wish = BalanceCodec.decode(request.getWish());
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) -> plan(wish, view, clock).setHeader(header).build());
    }

    private static PlanMigrationsAnswer.Builder plan(
            PlanWish wish, View view, InstantSource clock) {
        Optional<Refusal> refusal = refusal(wish, new RoutingQueries(view));
        if (refusal.isPresent()) {
            return PlanMigrationsAnswer.newBuilder().setRefusal(RefusalCodec.encode(refusal.get()));
        }
        Revision seen = new Revision(Math.max(0, view.applied().index()), 0);
        return PlanMigrationsAnswer.newBuilder()
                .setPlan(
                        BalanceCodec.encode(
                                BalancePlans.plan(wish, view, new Tick(seen, clock.millis()))));
    }

    private static Optional<Refusal> refusal(PlanWish wish, RoutingQueries queries) {
        return switch (wish) {
            case PlanWish.Even _ -> Optional.empty();
            case PlanWish.Drain(var node) ->
                    queries.node(node).isPresent() ? Optional.empty() : unknown(node);
            case PlanWish.Fill(var node) ->
                    queries.node(node)
                            .map(MigrationPlans::notActive)
                            .orElseGet(() -> unknown(node));
        };
    }

    private static Optional<Refusal> unknown(NodeId node) {
        return Optional.of(new Refusal.NotFound("node", node.value()));
    }

    private static Optional<Refusal> notActive(NodeRecord node) {
        return node.state() == NodeState.ACTIVE
                ? Optional.empty()
                : Optional.of(new Refusal.NodeNotActive(node.id(), node.state()));
    }
}
