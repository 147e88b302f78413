package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.machine.Naive.Grain;
import io.staddle.statemachine.machine.Naive.Standing;

import java.util.List;

/// The commands about grains, without holdings.
final class NaiveGrains {
    private final Naive all;

    NaiveGrains(Naive all) {
        this.all = all;
    }

    String apply(DirectoryCommand command) {
        return switch (command) {
            case DirectoryCommand.Acquire c -> acquire(c);
            case DirectoryCommand.Claim c -> claim(c);
            case DirectoryCommand.Promote c -> promote(c);
            case DirectoryCommand.Reassign c -> reassign(c);
            case DirectoryCommand.Import c -> importGrain(c);
            case DirectoryCommand.ImportReleased c -> importReleased(c);
            case DirectoryCommand.RaiseFloor c -> raiseFloor(c);
            case DirectoryCommand.Release c -> release(c);
            case DirectoryCommand.Renew c -> renew(c);
            case DirectoryCommand.SetPlacement c -> place(c);
            case DirectoryCommand.ExpireLeases _ -> expire();
            case DirectoryCommand.PurgeTombstones _ -> purge();
        };
    }

    private String acquire(DirectoryCommand.Acquire c) {
        String unfit = admitted(c.cluster());
        if (!unfit.equals(DONE) || isOwner(c.grain(), c.cluster())) {
            return unfit;
        }
        unfit = fit(c.grain(), c.cluster());
        if (!unfit.equals(DONE)) {
            return unfit;
        }
        if (c.leaseMillis() > all.setting(Setting.LEASE_MILLIS_MAX)) {
            return "LEASE_TOO_LONG";
        }
        if (isOwned(c.grain())) {
            return "OWNED_BY_OTHER";
        }
        long until = c.leaseMillis() == 0 ? 0 : all.now + c.leaseMillis();
        return next(c.grain(), c.cluster(), until);
    }

    private String claim(DirectoryCommand.Claim c) {
        String unfit = admitted(c.cluster());
        long epoch = all.epoch(c.grain());
        long wanted = c.epoch().value();
        if (!unfit.equals(DONE) || (isOwner(c.grain(), c.cluster()) && epoch == wanted)) {
            return unfit;
        }
        unfit = fit(c.grain(), c.cluster());
        if (!unfit.equals(DONE)) {
            return unfit;
        }
        if (wanted <= epoch) {
            return "STALE_EPOCH";
        }
        if (wanted - epoch > all.setting(Setting.MAX_EPOCH_JUMP)) {
            return "EPOCH_JUMP";
        }
        if (wanted > Epoch.MAX.value()) {
            return "EPOCH_EXHAUSTED";
        }
        boolean fromOther = isOwned(c.grain()) && !isOwner(c.grain(), c.cluster());
        if (fromOther && all.setting(Setting.LIVE_TAKEOVER) == 0) {
            return "OWNER_ALIVE";
        }
        return grant(c.grain(), c.cluster(), wanted, 0);
    }

    private String promote(DirectoryCommand.Promote c) {
        if (all.state(c.to()).isEmpty()) {
            return "NOT_FOUND";
        }
        long epoch = all.epoch(c.grain());
        if (isOwner(c.grain(), c.to()) && epoch - 1 == c.seenEpoch().value()) {
            return DONE;
        }
        boolean asSeen =
                all.grain(c.grain())
                        .filter(g -> g.standing() != Standing.RELEASED)
                        .filter(g -> g.who().equals(c.seenOwner()))
                        .isPresent();
        if (!asSeen || epoch != c.seenEpoch().value()) {
            return "CAS_CONFLICT";
        }
        boolean may =
                c.takeover() == Takeover.FROM_LIVE_OWNER || all.setting(Setting.LIVE_TAKEOVER) == 1;
        return isOwned(c.grain()) && !may ? "OWNER_ALIVE" : successor(c.grain(), c.to());
    }

    private String reassign(DirectoryCommand.Reassign c) {
        if (all.state(c.to()).isEmpty()) {
            return "NOT_FOUND";
        }
        long epoch = all.epoch(c.grain());
        if (isOwner(c.grain(), c.to()) && epoch - 1 == c.seenEpoch().value()) {
            return DONE;
        }
        return epoch == c.seenEpoch().value() ? successor(c.grain(), c.to()) : "CAS_CONFLICT";
    }

    private String importGrain(DirectoryCommand.Import c) {
        String unfit = admitted(c.owner());
        long epoch = all.epoch(c.grain());
        long wanted = c.epoch().value();
        if (!unfit.equals(DONE) || (isOwner(c.grain(), c.owner()) && epoch == wanted)) {
            return unfit;
        }
        if (!all.allows(c.grain().type(), c.owner())) {
            return "PLACEMENT_FORBIDDEN";
        }
        if (isOwned(c.grain())) {
            return isOwner(c.grain(), c.owner()) ? "STALE_EPOCH" : "OWNED_BY_OTHER";
        }
        if (wanted <= epoch) {
            return "STALE_EPOCH";
        }
        return wanted > Epoch.MAX.value()
                ? "EPOCH_EXHAUSTED"
                : grant(c.grain(), c.owner(), wanted, 0);
    }

    private String importReleased(DirectoryCommand.ImportReleased c) {
        long epoch = all.epoch(c.grain());
        long wanted = c.epoch().value();
        boolean isReleased =
                all.grain(c.grain()).filter(g -> g.standing() != Standing.RELEASED).isEmpty();
        if (!isReleased) {
            return wanted <= epoch ? "STALE_EPOCH" : "OWNED_BY_OTHER";
        }
        if (wanted > epoch && wanted > Epoch.MAX.value()) {
            return "EPOCH_EXHAUSTED";
        }
        if (wanted > epoch) {
            ClusterId last = c.lastOwner();
            all.grains.put(c.grain(), new Grain(Standing.RELEASED, last, last, wanted, 0));
            all.releasedAt.put(c.grain(), all.now);
        }
        return DONE;
    }

    private String raiseFloor(DirectoryCommand.RaiseFloor c) {
        all.floors.merge(c.type(), c.epoch().value(), Math::max);
        return DONE;
    }

    private String release(DirectoryCommand.Release c) {
        boolean done =
                all.grain(c.grain())
                        .filter(g -> g.standing() == Standing.RELEASED)
                        .filter(g -> g.who().equals(c.cluster()) && g.epoch() == c.epoch().value())
                        .isPresent();
        if (done) {
            return DONE;
        }
        if (!isOwner(c.grain(), c.cluster())) {
            return "NOT_OWNER";
        }
        if (all.epoch(c.grain()) != c.epoch().value()) {
            return "STALE_EPOCH";
        }
        free(c.grain());
        return DONE;
    }

    private String renew(DirectoryCommand.Renew c) {
        String unfit = admitted(c.cluster());
        if (!unfit.equals(DONE)) {
            return unfit;
        }
        if (!isOwner(c.grain(), c.cluster())) {
            return "NOT_OWNER";
        }
        Grain grain = all.grain(c.grain()).orElseThrow();
        if (grain.epoch() != c.epoch().value()) {
            return "STALE_EPOCH";
        }
        if (c.leaseMillis() > all.setting(Setting.LEASE_MILLIS_MAX)) {
            return "LEASE_TOO_LONG";
        }
        long until = c.leaseMillis() == 0 ? 0 : all.now + c.leaseMillis();
        all.grains.put(
                c.grain(),
                new Grain(Standing.OWNED, c.cluster(), grain.claimedBy(), grain.epoch(), until));
        return DONE;
    }

    private String place(DirectoryCommand.SetPlacement c) {
        if (!all.clusters.keySet().containsAll(c.allowed())) {
            return "NOT_FOUND";
        }
        Naive.Allowed current = all.allowed(c.type());
        if (current.clusters().equals(c.allowed())) {
            return DONE;
        }
        if (current.version() != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        all.placements.put(c.type(), new Naive.Allowed(c.allowed(), current.version() + 1));
        all.rescue();
        return DONE;
    }

    private String expire() {
        for (GrainId id : List.copyOf(all.grains.keySet())) {
            Grain grain = all.grain(id).orElseThrow();
            if (grain.lease() != 0 && grain.lease() <= all.now) {
                free(id);
            }
        }
        return DONE;
    }

    private String purge() {
        long until = all.now - all.setting(Setting.TOMBSTONE_MILLIS);
        for (GrainId id : List.copyOf(all.releasedAt.keySet())) {
            if (all.releasedAt.getOrDefault(id, Long.MAX_VALUE) <= until) {
                all.floors.merge(id.type(), all.epoch(id), Math::max);
                all.releasedAt.remove(id);
                all.grains.remove(id);
            }
        }
        return DONE;
    }

    private String successor(GrainId grain, ClusterId to) {
        if (!all.isHealthy(to)) {
            return "SUCCESSOR_INELIGIBLE";
        }
        return all.allows(grain.type(), to) ? next(grain, to, 0) : "PLACEMENT_FORBIDDEN";
    }

    private String next(GrainId grain, ClusterId to, long until) {
        long epoch = all.epoch(grain);
        return epoch >= Epoch.MAX.value() ? "EPOCH_EXHAUSTED" : grant(grain, to, epoch + 1, until);
    }

    private String grant(GrainId grain, ClusterId to, long epoch, long until) {
        if (isAboveQuota(grain, to)) {
            return "QUOTA_REACHED";
        }
        all.grains.put(grain, new Grain(Standing.OWNED, to, to, epoch, until));
        all.releasedAt.remove(grain);
        return DONE;
    }

    private boolean isAboveQuota(GrainId grain, ClusterId to) {
        long perCluster = all.setting(Setting.GRAINS_PER_CLUSTER);
        long perType = all.setting(Setting.GRAINS_PER_TYPE);
        long owned = all.grains.values().stream().filter(g -> g.isOwnedBy(to)).count();
        long ofType =
                all.grains.entrySet().stream()
                        .filter(each -> each.getKey().type().equals(grain.type()))
                        .filter(each -> each.getValue().standing() != Standing.RELEASED)
                        .count();
        boolean isNew = all.grain(grain).filter(g -> g.standing() != Standing.RELEASED).isEmpty();
        return (perCluster > 0 && !isOwner(grain, to) && owned >= perCluster)
                || (perType > 0 && isNew && ofType >= perType);
    }

    private void free(GrainId id) {
        Grain grain = all.grain(id).orElseThrow();
        all.grains.put(
                id, new Grain(Standing.RELEASED, grain.who(), grain.claimedBy(), grain.epoch(), 0));
        all.releasedAt.put(id, all.now);
    }

    private String admitted(ClusterId cluster) {
        return all.state(cluster)
                .map(_ -> all.isFenced(cluster) ? "CLUSTER_FENCED" : DONE)
                .orElse("NOT_FOUND");
    }

    private String fit(GrainId grain, ClusterId cluster) {
        if (all.state(cluster).filter(ClusterState.DRAINING::equals).isPresent()) {
            return "CLUSTER_DRAINING";
        }
        return all.allows(grain.type(), cluster) ? DONE : "PLACEMENT_FORBIDDEN";
    }

    private boolean isOwned(GrainId grain) {
        return all.grain(grain).filter(g -> g.standing() == Standing.OWNED).isPresent();
    }

    private boolean isOwner(GrainId grain, ClusterId cluster) {
        return all.grain(grain).filter(g -> g.isOwnedBy(cluster)).isPresent();
    }
}
