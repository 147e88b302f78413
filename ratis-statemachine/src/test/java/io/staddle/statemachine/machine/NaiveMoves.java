package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.machine.Naive.Grain;
import io.staddle.statemachine.machine.Naive.Moved;
import io.staddle.statemachine.machine.Naive.Standing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The moves, without holdings: every one is a loop over all grains.
final class NaiveMoves {
    private final Naive all;

    NaiveMoves(Naive all) {
        this.all = all;
    }

    Moved moved(OfHoldings command) {
        return new Moved(
                command.cluster(),
                switch (command) {
                    case ClusterCommand.FailOver _, ClusterCommand.DemoteAndPromote _ ->
                            MoveKind.FAILOVER;
                    case ClusterCommand.FailBack _ -> MoveKind.FAIL_BACK;
                    case ClusterCommand.Evacuate _ -> MoveKind.EVACUATION;
                });
    }

    String apply(OfHoldings command, NaiveCluster cluster) {
        if (command.plan().isGiven()) {
            return "PLAN_CHANGED"; // The generator knows no right plan.
        }
        String code =
                switch (command) {
                    case ClusterCommand.FailOver c -> failOver(c, cluster);
                    case ClusterCommand.DemoteAndPromote c -> demote(c, cluster);
                    case ClusterCommand.FailBack c -> failBack(c);
                    case ClusterCommand.Evacuate c -> evacuate(c);
                };
        if (code.equals(DONE)) {
            all.moves.put(command.id(), moved(command));
        }
        return code;
    }

    private String demote(ClusterCommand.DemoteAndPromote c, NaiveCluster cluster) {
        if (cluster.fence != c.seenFence().value()) {
            return "VERSION_CONFLICT";
        }
        if (!all.primary.equals(Optional.of(c.cluster()))) {
            return "ILLEGAL_TRANSITION";
        }
        String held = heldBy(c, cluster, FailoverCause.OPERATOR, true, false, c.successor());
        return held.isEmpty() ? failed(c, cluster, false, c.successor()) : held;
    }

    private String failOver(ClusterCommand.FailOver c, NaiveCluster cluster) {
        if (!new Fence(cluster.fence).equals(c.seenFence())) {
            return "VERSION_CONFLICT";
        }
        String held = heldBy(c, cluster, c.cause(), c.force(), c.force(), c.successor());
        return held.isEmpty()
                ? failed(c, cluster, c.cause() == FailoverCause.DRAIN, c.successor())
                : held;
    }

    /// Says what holds a failover back; empty if nothing does.
    String heldBy(
            OfHoldings c,
            NaiveCluster cluster,
            FailoverCause cause,
            boolean evenHealthy,
            boolean evenVacant,
            Successor wish) {
        ClusterState state = cluster.state;
        if (state == ClusterState.RECOVERING && cluster.isFenced()) {
            return "FAILOVER_OPEN";
        }
        boolean possible =
                switch (cause) {
                    case GRACE -> state == ClusterState.SUSPECT;
                    case DRAIN -> state == ClusterState.DRAINING;
                    case OPERATOR ->
                            state != ClusterState.FAILED
                                    && (state != ClusterState.HEALTHY || evenHealthy);
                };
        if (!possible) {
            return "ILLEGAL_TRANSITION";
        }
        if (cause == FailoverCause.GRACE
                && all.now - cluster.since < all.setting(Setting.GRACE_MILLIS)) {
            return "GRACE_NOT_ELAPSED";
        }
        if (cause != FailoverCause.OPERATOR && (all.paused || cluster.paused)) {
            return "AUTOMATION_PAUSED";
        }
        if (cause == FailoverCause.GRACE && suspects() > suspectsMax()) {
            return "MASS_SUSPECT_HOLD";
        }
        boolean isPrimary = all.primary.equals(Optional.of(c.cluster()));
        if (isPrimary && !evenVacant && nextPrimaryBut(c.cluster()).isEmpty()) {
            return "NO_ELIGIBLE_SUCCESSOR";
        }
        boolean unfit =
                wish instanceof Successor.Named(var named)
                        && (named.equals(c.cluster())
                                || !(isPrimary ? all.isFitAsPrimary(named) : all.isFit(named)));
        return unfit ? "SUCCESSOR_INELIGIBLE" : "";
    }

    private long suspects() {
        return all.clusters.values().stream()
                .filter(each -> each.state == ClusterState.SUSPECT)
                .count();
    }

    private long suspectsMax() {
        long set = all.setting(Setting.SUSPECTS_MAX);
        return set > 0 ? set : Math.max(1, all.clusters.size() / 2);
    }

    private Optional<ClusterId> nextPrimaryBut(ClusterId but) {
        // Who is the primary is no SECONDARY, so it is none of those that come next.
        return all.nextPrimary().filter(next -> !next.equals(but));
    }

    private String failed(OfHoldings c, NaiveCluster cluster, boolean drained, Successor wish) {
        cluster.fence = all.fences.merge(c.cluster(), 1L, Long::sum);
        cluster.failover = Optional.of(c.id());
        cluster.drainedAs = drained ? OptionalLong.of(cluster.incarnation) : OptionalLong.empty();
        cluster.version++;
        cluster.in(ClusterState.FAILED, all.now);
        if (all.primary.equals(Optional.of(c.cluster()))) {
            Optional<ClusterId> next =
                    wish instanceof Successor.Named(var named)
                            ? Optional.of(named)
                            : all.nextPrimary();
            cluster.as(ClusterRole.DEMOTED_PRIMARY);
            all.primary = next;
            all.primaryEpoch++;
            next.ifPresent(to -> all.cluster(to).as(ClusterRole.PROMOTED_SECONDARY));
        }
        for (GrainId id : List.copyOf(all.grains.keySet())) {
            if (grain(id).isOwnedBy(c.cluster())) {
                Optional<ClusterId> next = successor(id, c.cluster(), wish);
                all.move(
                        id,
                        next.isPresent() ? Standing.OWNED : Standing.STRANDED,
                        next.orElse(c.cluster()));
            }
        }
        return DONE;
    }

    private String failBack(ClusterCommand.FailBack c) {
        if (!all.isFit(c.cluster())) {
            return "SUCCESSOR_INELIGIBLE";
        }
        for (GrainId id : List.copyOf(all.grains.keySet())) {
            Grain grain = grain(id);
            boolean lost =
                    grain.standing() != Standing.RELEASED
                            && grain.claimedBy().equals(c.cluster())
                            && !grain.isOwnedBy(c.cluster());
            if (lost && all.allows(id.type(), c.cluster())) {
                all.move(id, Standing.OWNED, c.cluster());
            }
        }
        return DONE;
    }

    private String evacuate(ClusterCommand.Evacuate c) {
        if (c.successor() instanceof Successor.Named(var named)
                && (named.equals(c.cluster()) || !all.isFit(named))) {
            return "SUCCESSOR_INELIGIBLE";
        }
        for (GrainId id : List.copyOf(all.grains.keySet())) {
            boolean named = c.types().isEmpty() || c.types().contains(id.type());
            if (named && grain(id).isOwnedBy(c.cluster())) {
                successor(id, c.cluster(), c.successor())
                        .ifPresent(next -> all.move(id, Standing.OWNED, next));
            }
        }
        return DONE;
    }

    private Optional<ClusterId> successor(GrainId id, ClusterId from, Successor wish) {
        return switch (wish) {
            case Successor.ByPlacement _ -> all.byPlacement(id.type(), from);
            case Successor.Named(var named) ->
                    Optional.of(named).filter(to -> all.allows(id.type(), to));
        };
    }

    private Grain grain(GrainId id) {
        return all.grain(id).orElseThrow();
    }
}
