package io.staddle.statemachine.directory;

import io.staddle.api.command.DirectoryCommand;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

/// Decides the commands about grains and where they may be.
public final class DirectoryRules {
    private DirectoryRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(DirectoryCommand command, Reads view, Tick tick) {
        return switch (command) {
            case DirectoryCommand.Acquire acquire -> GrainRules.acquire(acquire, view, tick);
            case DirectoryCommand.Claim claim -> GrainRules.claim(claim, view, tick);
            case DirectoryCommand.Promote promote -> GrainRules.promote(promote, view, tick);
            case DirectoryCommand.Release release -> GrainRules.release(release, view);
            case DirectoryCommand.Renew renew -> GrainRules.renew(renew, view, tick);
            case DirectoryCommand.Reassign reassign -> GrainRules.reassign(reassign, view, tick);
            case DirectoryCommand.Import wanted -> ImportRules.owned(wanted, view, tick);
            case DirectoryCommand.ImportReleased wanted -> ImportRules.released(wanted, view);
            case DirectoryCommand.RaiseFloor raise -> ImportRules.raiseFloor(raise, view);
            case DirectoryCommand.SetPlacement set -> PlacementRules.set(set, view, tick);
            case DirectoryCommand.ExpireLeases expire ->
                    HousekeepingRules.expireLeases(expire, view, tick);
            case DirectoryCommand.PurgeTombstones purge ->
                    HousekeepingRules.purgeTombstones(purge, view, tick);
        };
    }
}
