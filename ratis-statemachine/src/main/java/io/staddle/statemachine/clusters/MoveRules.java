package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.Successor;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Holding;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides failover, fail-back and evacuation: each one log entry, however many grains.
final class MoveRules {
    private MoveRules() {}

    static Decision decide(ClusterCommand.OfHoldings command, Reads view, Tick tick) {
        Optional<Move> before = view.get(Schema.MOVES, command.id());
        if (before.isPresent()) {
            return repeated(command, before.get());
        }
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, command.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRules.notFound(command.cluster()));
        }
        return switch (command) {
            case FailOver failOver -> failOver(failOver, known.get(), view, tick);
            case FailBack failBack -> failBack(failBack, known.get(), view, tick);
            case Evacuate evacuate -> evacuate(evacuate, known.get(), view, tick);
        };
    }

    private static Decision repeated(ClusterCommand.OfHoldings command, Move before) {
        boolean same = before.cluster().equals(command.cluster()) && before.kind() == kind(command);
        return same
                ? accept(new Answer.Moved(before))
                : refuse(
                        new Refusal.AlreadyExists(
                                "move",
                                command.id().value(),
                                "it was a " + before.kind() + " of " + before.cluster()));
    }

    private static Decision failOver(
            FailOver failOver, ClusterRecord cluster, Reads view, Tick tick) {
        if (!cluster.fence().equals(failOver.seenFence())) {
            return refuse(
                    new Refusal.VersionConflict(
                            "fence of cluster",
                            cluster.id().value(),
                            failOver.seenFence().value(),
                            cluster.fence().value()));
        }
        if (cluster.state() == ClusterState.FAILED) {
            return refuse(ClusterRules.illegal(cluster, ClusterState.FAILED.name()));
        }
        Candidates candidates =
                Candidates.of(view).with(cluster.in(ClusterState.FAILED, tick.nowMillis()));
        Optional<Refusal> unfit = refuseUnfit(failOver.successor(), cluster.id(), candidates);
        if (unfit.isPresent()) {
            return refuse(unfit.get());
        }
        Fence fence = cluster.fence().next();
        List<HoldingMove> moves =
                HoldingMoves.plan(
                        view,
                        holding -> holding.isOwnedBy(cluster.id()),
                        holding ->
                                takenOver(holding, cluster.id(), failOver.successor(), candidates));
        Move move =
                new Move(
                        failOver.id(), MoveKind.FAILOVER, cluster.id(), fence, moves, tick.since());
        List<Event> events = new ArrayList<>();
        events.add(new ClusterEvent.Fenced(cluster.id(), fence));
        events.add(
                new ClusterEvent.StateChanged(cluster.id(), cluster.state(), ClusterState.FAILED));
        events.addAll(HoldingMoves.closures(cluster.id(), view));
        events.addAll(HoldingMoves.events(move, view));
        return accept(new Answer.Moved(move), events);
    }

    private static Decision failBack(
            FailBack failBack, ClusterRecord cluster, Reads view, Tick tick) {
        if (cluster.state() != ClusterState.HEALTHY) {
            return refuse(
                    new Refusal.SuccessorIneligible(
                            cluster.id(), "it is " + cluster.state() + ", not HEALTHY"));
        }
        Candidates candidates = Candidates.of(view);
        Successor itself = new Successor.Named(cluster.id());
        List<HoldingMove> moves =
                HoldingMoves.plan(
                        view,
                        holding ->
                                holding.cluster().equals(cluster.id())
                                        && !holding.isOwnedBy(cluster.id()),
                        holding -> keptOrTaken(holding, cluster.id(), itself, candidates));
        return move(failBack, cluster, moves, view, tick);
    }

    private static Decision evacuate(
            Evacuate evacuate, ClusterRecord cluster, Reads view, Tick tick) {
        Candidates candidates = Candidates.of(view);
        Optional<Refusal> unfit = refuseUnfit(evacuate.successor(), cluster.id(), candidates);
        if (unfit.isPresent()) {
            return refuse(unfit.get());
        }
        List<HoldingMove> moves =
                HoldingMoves.plan(
                        view,
                        holding -> holding.isOwnedBy(cluster.id()) && isNamed(holding, evacuate),
                        holding ->
                                keptOrTaken(
                                        holding, cluster.id(), evacuate.successor(), candidates));
        return move(evacuate, cluster, moves, view, tick);
    }

    private static Decision move(
            ClusterCommand.OfHoldings command,
            ClusterRecord cluster,
            List<HoldingMove> moves,
            Reads view,
            Tick tick) {
        Move move =
                new Move(
                        command.id(),
                        kind(command),
                        cluster.id(),
                        cluster.fence(),
                        moves,
                        tick.since());
        return accept(new Answer.Moved(move), HoldingMoves.events(move, view));
    }

    private static Fate takenOver(
            Holding holding, ClusterId from, Successor wish, Candidates candidates) {
        Optional<ClusterId> next = candidates.successor(from, holding.type(), wish);
        return next.isPresent()
                ? new Fate.To(next.get())
                : new Fate.Stranded(candidates.whyNone(holding.type(), wish));
    }

    private static Fate keptOrTaken(
            Holding holding, ClusterId from, Successor wish, Candidates candidates) {
        Optional<ClusterId> next = candidates.successor(from, holding.type(), wish);
        return next.isPresent()
                ? new Fate.To(next.get())
                : new Fate.Kept(candidates.whyNone(holding.type(), wish));
    }

    private static Optional<Refusal> refuseUnfit(
            Successor wish, ClusterId from, Candidates candidates) {
        return switch (wish) {
            case Successor.ByPlacement _ -> Optional.empty();
            case Successor.Named(var named) -> {
                if (named.equals(from)) {
                    yield Optional.of(
                            new Refusal.SuccessorIneligible(named, "it is the one that gives up"));
                }
                yield candidates.isHealthy(named)
                        ? Optional.empty()
                        : Optional.of(
                                new Refusal.SuccessorIneligible(
                                        named, "it is not registered or not healthy"));
            }
        };
    }

    private static boolean isNamed(Holding holding, Evacuate evacuate) {
        return evacuate.types().isEmpty() || evacuate.types().contains(holding.type());
    }

    private static MoveKind kind(ClusterCommand.OfHoldings command) {
        return switch (command) {
            case FailOver _ -> MoveKind.FAILOVER;
            case FailBack _ -> MoveKind.FAIL_BACK;
            case Evacuate _ -> MoveKind.EVACUATION;
        };
    }
}
