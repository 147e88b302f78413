package io.staddle.statemachine.directory;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.ImportReleased;
import io.staddle.api.command.DirectoryCommand.RaiseFloor;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.GrantCause;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.id.Epoch;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.api.model.Ownership.Stranded;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.storage.Reads;

import java.util.Optional;

/// How a directory is filled from another one: what is recorded here already stays, and no epoch
/// falls. Guards stand in their order of precedence; each returns.
final class ImportRules {
    private ImportRules() {}

    static Decision owned(Import wanted, Reads view, Tick tick) {
        Setup setup = Setup.of(wanted.grain(), wanted.owner(), view);
        Optional<Refusal> fenced = setup.refuseUnlessAdmitted();
        if (fenced.isPresent()) {
            return refuse(fenced.get());
        }
        Ownership current = setup.current();
        if (current.isHeldBy(wanted.owner(), wanted.epoch())) {
            return accept(setup.standingGrant());
        }
        Optional<Refusal> forbidden = setup.refuseUnlessPlaced();
        if (forbidden.isPresent()) {
            return refuse(forbidden.get());
        }
        if (current instanceof Owned && !setup.isOwner()) {
            return refuse(new Refusal.OwnedByOther(current));
        }
        if (current instanceof Owned || wanted.epoch().compareTo(current.epoch()) <= 0) {
            return refuse(new Refusal.StaleEpoch(wanted.epoch(), current));
        }
        if (wanted.epoch().compareTo(Epoch.MAX) > 0) {
            return refuse(new Refusal.EpochExhausted(current));
        }
        return setup.grant(wanted.epoch(), Leases.NONE, GrantCause.IMPORTED, tick);
    }

    static Decision released(ImportReleased wanted, Reads view) {
        Ownership current = Ownerships.of(wanted.grain(), view);
        boolean isHigher = wanted.epoch().compareTo(current.epoch()) > 0;
        if (current instanceof Owned || current instanceof Stranded) {
            return refuse(
                    isHigher
                            ? new Refusal.OwnedByOther(current)
                            : new Refusal.StaleEpoch(wanted.epoch(), current));
        }
        if (!isHigher) {
            return accept(new Answer.Released(wanted.grain(), wanted.epoch()));
        }
        if (wanted.epoch().compareTo(Epoch.MAX) > 0) {
            return refuse(new Refusal.EpochExhausted(current));
        }
        return accept(
                new Answer.Released(wanted.grain(), wanted.epoch()),
                new DirectoryEvent.Released(
                        wanted.grain(), wanted.lastOwner(), wanted.epoch(), ReleaseCause.IMPORTED));
    }

    static Decision raiseFloor(RaiseFloor raise, Reads view) {
        Epoch floor = Ownerships.floor(raise.type(), view);
        return raise.epoch().compareTo(floor) <= 0
                ? accept(new Answer.Floor(raise.type(), floor))
                : accept(
                        new Answer.Floor(raise.type(), raise.epoch()),
                        new DirectoryEvent.FloorRaised(raise.type(), raise.epoch()));
    }
}
