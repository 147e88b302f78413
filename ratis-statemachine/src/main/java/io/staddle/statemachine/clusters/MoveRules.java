package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// Decides the moves of whole holdings: each one log entry, however many grains.
final class MoveRules {
    private MoveRules() {}

    static Decision decide(OfHoldings command, Reads view, Tick tick) {
        Optional<Move> before = view.get(Schema.MOVES, command.id());
        if (before.isPresent()) {
            return repeated(command, before.get());
        }
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, command.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRefusals.notFound(command.cluster()));
        }
        Optional<Refusal> changed = refuseIfPlanChanged(command, view);
        if (changed.isPresent()) {
            return refuse(changed.get());
        }
        MoveCase wanted = MoveCase.of(command, known.get(), view);
        List<Refusal> heldBy = wanted.heldBy(view, tick.nowMillis());
        if (!heldBy.isEmpty()) {
            return refuse(heldBy.getFirst());
        }
        Draft draft = wanted.draft(command.id(), view, tick);
        return accept(new Answer.Moved(draft.move()), draft.events());
    }

    private static Decision repeated(OfHoldings command, Move before) {
        boolean same = before.cluster().equals(command.cluster()) && before.kind() == kind(command);
        return same
                ? accept(new Answer.Moved(before))
                : refuse(
                        new Refusal.AlreadyExists(
                                "move",
                                command.id().value(),
                                "it was a " + before.kind() + " of " + before.cluster()));
    }

    private static Optional<Refusal> refuseIfPlanChanged(OfHoldings command, Reads view) {
        if (!command.plan().isGiven()) {
            return Optional.empty();
        }
        PlanId current = PlanFingerprint.of(command, view);
        return command.plan().equals(current)
                ? Optional.empty()
                : Optional.of(new Refusal.PlanChanged(command.plan(), current));
    }

    private static MoveKind kind(OfHoldings command) {
        return switch (command) {
            case FailOver _, DemoteAndPromote _ -> MoveKind.FAILOVER;
            case FailBack _ -> MoveKind.FAIL_BACK;
            case Evacuate _ -> MoveKind.EVACUATION;
        };
    }
}
