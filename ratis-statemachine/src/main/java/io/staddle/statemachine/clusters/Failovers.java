package io.staddle.statemachine.clusters;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.StateCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.RoleMove;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a failover does: fence, health, role and holdings of the cluster, all in one entry.
final class Failovers {
    private Failovers() {}

    static Draft draft(MoveId id, FailoverCase wanted, Reads view, Tick tick) {
        ClusterRecord cluster = wanted.cluster();
        Fence fence = cluster.fence().next();
        Primacy primacy = primacyAfter(wanted, tick);
        Move move =
                new Move(
                        id,
                        MoveKind.FAILOVER,
                        cluster.id(),
                        fence,
                        Optional.of(
                                new Demotion(
                                        wanted.cause(),
                                        roleMove(wanted, primacy),
                                        cluster.vitals().incarnation())),
                        holdings(wanted, wanted.without().with(primacy), view),
                        tick.since());
        List<Event> events = new ArrayList<>();
        events.add(new ClusterEvent.Fenced(cluster.id(), fence, id));
        events.add(
                new ClusterEvent.StateChanged(
                        cluster.id(),
                        cluster.state(),
                        ClusterState.FAILED,
                        new StateCause.FailedOver(id)));
        events.addAll(roleEvents(wanted, primacy));
        events.addAll(HoldingMoves.closures(cluster.id(), view));
        events.addAll(HoldingMoves.events(move, view));
        return new Draft(move, events);
    }

    private static List<HoldingMove> holdings(
            FailoverCase wanted, Candidates candidates, Reads view) {
        ClusterId from = wanted.cluster().id();
        return HoldingMoves.plan(
                view,
                holding -> holding.isOwnedBy(from),
                holding -> HoldingMoves.takenOver(holding, from, wanted.wish(), candidates));
    }

    private static Primacy primacyAfter(FailoverCase wanted, Tick tick) {
        Primacy now = wanted.without().primacy();
        return wanted.movesRole() ? now.movedTo(wanted.promotee(), tick.nowMillis()) : now;
    }

    private static RoleMove roleMove(FailoverCase wanted, Primacy after) {
        if (!wanted.movesRole()) {
            return new RoleMove.Stayed();
        }
        return after.primary().isPresent()
                ? new RoleMove.Promoted(after.primary().get(), after.epoch())
                : new RoleMove.Vacated(after.epoch());
    }

    private static List<Event> roleEvents(FailoverCase wanted, Primacy after) {
        if (!wanted.movesRole()) {
            return List.of();
        }
        ClusterRecord cluster = wanted.cluster();
        if (after.primary().isPresent()) {
            return Succession.handedOver(
                    cluster,
                    ClusterRole.DEMOTED_PRIMARY,
                    after.primary().get(),
                    ClusterRole.PROMOTED_SECONDARY,
                    after);
        }
        return List.of(
                new ClusterEvent.RoleChanged(
                        cluster.id(), cluster.role(), ClusterRole.DEMOTED_PRIMARY),
                new ClusterEvent.PrimacyChanged(after));
    }
}
