package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand.TransferPrimary;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Unfitness;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.replay.ReplayBacklog;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Decides the planned change of the primary. The unplanned one is a failover.
final class RoleRules {
    private RoleRules() {}

    static Decision transfer(TransferPrimary transfer, Reads view, Tick tick) {
        Primacy primacy = Primacies.of(view);
        if (primacy.epoch() - 1 == transfer.seenPrimaryEpoch() && primacy.isHeldBy(transfer.to())) {
            return accept(new Answer.Primary(primacy));
        }
        Optional<ClusterRecord> from = view.get(Schema.CLUSTERS, transfer.from());
        if (from.isEmpty()) {
            return refuse(ClusterRefusals.notFound(transfer.from()));
        }
        if (view.get(Schema.CLUSTERS, transfer.to()).isEmpty()) {
            return refuse(ClusterRefusals.notFound(transfer.to()));
        }
        Optional<Refusal> held = heldBy(transfer, from.get(), primacy, view);
        if (held.isPresent()) {
            return refuse(held.get());
        }
        Primacy next = primacy.movedTo(Optional.of(transfer.to()), tick.nowMillis());
        return accept(
                new Answer.Primary(next),
                Succession.handedOver(
                        from.get(),
                        ClusterRole.SECONDARY,
                        transfer.to(),
                        ClusterRole.PRIMARY,
                        next));
    }

    private static Optional<Refusal> heldBy(
            TransferPrimary transfer, ClusterRecord from, Primacy primacy, Reads view) {
        if (primacy.epoch() != transfer.seenPrimaryEpoch()) {
            return Optional.of(
                    new Refusal.VersionConflict(
                            "epoch of the",
                            "primary",
                            transfer.seenPrimaryEpoch(),
                            primacy.epoch()));
        }
        if (!primacy.isHeldBy(from.id())) {
            return Optional.of(new Refusal.NotPrimary(from.id(), primacy.primary()));
        }
        if (from.state() != ClusterState.HEALTHY) {
            return Optional.of(ClusterRefusals.illegal(from, ClusterRole.SECONDARY));
        }
        Optional<Unfitness> unfit = Candidates.of(view).unfitnessAsPrimary(transfer.to());
        if (unfit.isPresent()) {
            return Optional.of(new Refusal.SuccessorIneligible(transfer.to(), unfit.get()));
        }
        return ReplayBacklog.refusal(transfer.to(), view);
    }
}
