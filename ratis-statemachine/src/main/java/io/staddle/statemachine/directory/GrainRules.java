package io.staddle.statemachine.directory;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.DirectoryCommand.Claim;
import io.staddle.api.command.DirectoryCommand.Promote;
import io.staddle.api.command.DirectoryCommand.Reassign;
import io.staddle.api.command.DirectoryCommand.Release;
import io.staddle.api.command.DirectoryCommand.Renew;
import io.staddle.api.command.Takeover;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.GrantCause;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.api.model.Ownership.Released;
import io.staddle.api.model.Ownership.Stranded;
import io.staddle.api.model.Ownership.Unowned;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Unfitness;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Who gets a grain. Guards stand in their order of precedence; each returns.
///
/// A command that was carried out before is recognised first, so that a repeat gets the same
/// answer whatever has become of the cluster since.
final class GrainRules {
    private GrainRules() {}

    static Decision acquire(Acquire acquire, Reads view, Tick tick) {
        Setup setup = Setup.of(acquire.grain(), acquire.cluster(), view);
        Optional<Refusal> fenced = setup.refuseUnlessAdmitted();
        if (fenced.isPresent()) {
            return refuse(fenced.get());
        }
        Ownership current = setup.current();
        if (setup.isOwner()) {
            return accept(setup.standingGrant());
        }
        Optional<Refusal> unfit = setup.refuseUnlessFit();
        if (unfit.isPresent()) {
            return refuse(unfit.get());
        }
        Optional<Refusal> tooLong = Leases.refuseTooLong(acquire.leaseMillis(), view);
        if (tooLong.isPresent()) {
            return refuse(tooLong.get());
        }
        if (current instanceof Owned) {
            return refuse(new Refusal.OwnedByOther(current));
        }
        if (current.epoch().isLast()) {
            return refuse(new Refusal.EpochExhausted(current));
        }
        long until = Leases.until(acquire.leaseMillis(), tick);
        return setup.grant(current.epoch().next(), until, GrantCause.ACQUIRED, tick);
    }

    static Decision claim(Claim claim, Reads view, Tick tick) {
        Setup setup = Setup.of(claim.grain(), claim.cluster(), view);
        Optional<Refusal> fenced = setup.refuseUnlessAdmitted();
        if (fenced.isPresent()) {
            return refuse(fenced.get());
        }
        Ownership current = setup.current();
        if (current.isHeldBy(claim.cluster(), claim.epoch())) {
            return accept(setup.standingGrant());
        }
        Optional<Refusal> unfit = setup.refuseUnlessFit();
        if (unfit.isPresent()) {
            return refuse(unfit.get());
        }
        Optional<Refusal> wrongEpoch = refuseClaimedEpoch(claim.epoch(), current, setup);
        if (wrongEpoch.isPresent()) {
            return refuse(wrongEpoch.get());
        }
        boolean fromOther = current instanceof Owned && !setup.isOwner();
        if (fromOther && !setup.config().isOn(Setting.LIVE_TAKEOVER)) {
            return refuse(new Refusal.OwnerAlive(current));
        }
        return setup.grant(claim.epoch(), Leases.NONE, GrantCause.CLAIMED, tick);
    }

    private static Optional<Refusal> refuseClaimedEpoch(
            Epoch claimed, Ownership current, Setup setup) {
        if (claimed.compareTo(current.epoch()) <= 0) {
            return Optional.of(new Refusal.StaleEpoch(claimed, current));
        }
        long maxJump = setup.config().get(Setting.MAX_EPOCH_JUMP);
        if (claimed.value() - current.epoch().value() > maxJump) {
            return Optional.of(new Refusal.EpochJump(claimed, current, maxJump));
        }
        return current.epoch().isLast() || claimed.compareTo(Epoch.MAX) > 0
                ? Optional.of(new Refusal.EpochExhausted(current))
                : Optional.empty();
    }

    static Decision promote(Promote promote, Reads view, Tick tick) {
        Setup setup = Setup.of(promote.grain(), promote.to(), view);
        if (setup.cluster().isEmpty()) {
            return refuse(setup.noCluster());
        }
        Ownership current = setup.current();
        if (setup.isOwner() && current.epoch().isNextAfter(promote.seenEpoch())) {
            return accept(setup.standingGrant());
        }
        boolean asSeen =
                current.epoch().equals(promote.seenEpoch())
                        && lastOwner(current).equals(Optional.of(promote.seenOwner()));
        if (!asSeen) {
            return refuse(new Refusal.CasConflict(current));
        }
        boolean mayTakeOver =
                promote.takeover() == Takeover.FROM_LIVE_OWNER
                        || setup.config().isOn(Setting.LIVE_TAKEOVER);
        if (current instanceof Owned && !mayTakeOver) {
            return refuse(new Refusal.OwnerAlive(current));
        }
        return toSuccessor(setup, GrantCause.PROMOTED, tick);
    }

    static Decision reassign(Reassign reassign, Reads view, Tick tick) {
        Setup setup = Setup.of(reassign.grain(), reassign.to(), view);
        if (setup.cluster().isEmpty()) {
            return refuse(setup.noCluster());
        }
        Ownership current = setup.current();
        if (setup.isOwner() && current.epoch().isNextAfter(reassign.seenEpoch())) {
            return accept(setup.standingGrant());
        }
        if (!current.epoch().equals(reassign.seenEpoch())) {
            return refuse(new Refusal.CasConflict(current));
        }
        return toSuccessor(setup, GrantCause.REASSIGNED, tick);
    }

    private static Decision toSuccessor(Setup setup, GrantCause cause, Tick tick) {
        if (!setup.isHealthy()) {
            return refuse(
                    new Refusal.SuccessorIneligible(setup.clusterId(), Unfitness.NOT_HEALTHY));
        }
        Optional<Refusal> forbidden = setup.refuseUnlessPlaced();
        if (forbidden.isPresent()) {
            return refuse(forbidden.get());
        }
        Ownership current = setup.current();
        return current.epoch().isLast()
                ? refuse(new Refusal.EpochExhausted(current))
                : setup.grant(current.epoch().next(), Leases.NONE, cause, tick);
    }

    static Decision release(Release release, Reads view) {
        Ownership current = Setup.of(release.grain(), release.cluster(), view).current();
        if (isReleased(current, release.cluster(), release.epoch())) {
            return accept(new Answer.Released(release.grain(), release.epoch()));
        }
        Optional<Refusal> notHeld = refuseUnlessHeld(current, release.cluster(), release.epoch());
        return notHeld.isPresent()
                ? refuse(notHeld.get())
                : accept(
                        new Answer.Released(release.grain(), release.epoch()),
                        new DirectoryEvent.Released(
                                release.grain(),
                                release.cluster(),
                                release.epoch(),
                                ReleaseCause.RELEASED));
    }

    static Decision renew(Renew renew, Reads view, Tick tick) {
        Setup setup = Setup.of(renew.grain(), renew.cluster(), view);
        Optional<Refusal> fenced = setup.refuseUnlessAdmitted();
        if (fenced.isPresent()) {
            return refuse(fenced.get());
        }
        Optional<Refusal> notHeld =
                refuseUnlessHeld(setup.current(), renew.cluster(), renew.epoch());
        if (notHeld.isPresent()) {
            return refuse(notHeld.get());
        }
        Optional<Refusal> tooLong = Leases.refuseTooLong(renew.leaseMillis(), view);
        if (tooLong.isPresent()) {
            return refuse(tooLong.get());
        }
        long until = Leases.until(renew.leaseMillis(), tick);
        Answer.Grant standing = setup.standingGrant();
        if (standing.leaseUntilMillis() == until) {
            return accept(standing);
        }
        return accept(
                new Answer.Grant(
                        renew.grain(),
                        renew.cluster(),
                        renew.epoch(),
                        standing.fence(),
                        standing.since(),
                        until),
                new DirectoryEvent.LeaseRenewed(renew.grain(), renew.epoch(), until));
    }

    private static Optional<Refusal> refuseUnlessHeld(
            Ownership current, ClusterId cluster, Epoch epoch) {
        if (!current.owner().equals(Optional.of(cluster))) {
            return Optional.of(new Refusal.NotOwner(current));
        }
        return current.epoch().equals(epoch)
                ? Optional.empty()
                : Optional.of(new Refusal.StaleEpoch(epoch, current));
    }

    private static boolean isReleased(Ownership current, ClusterId cluster, Epoch epoch) {
        return current instanceof Released released
                && released.lastOwner().equals(cluster)
                && released.epoch().equals(epoch);
    }

    /// Whom a promotion must have seen: the owner, or of a stranded grain the cluster that failed.
    private static Optional<ClusterId> lastOwner(Ownership current) {
        return switch (current) {
            case Owned owned -> Optional.of(owned.by());
            case Stranded stranded -> Optional.of(stranded.formerOwner());
            case Released _, Unowned _ -> Optional.empty();
        };
    }
}
