package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.statemachine.machine.Naive.Moved;

import java.util.Optional;

/// Which clusters there are, and who is the primary.
final class NaiveClusters {
    private final Naive all;

    NaiveClusters(Naive all) {
        this.all = all;
    }

    String apply(ClusterCommand command) {
        Optional<NaiveCluster> known = Optional.ofNullable(all.clusters.get(command.cluster()));
        if (command instanceof ClusterCommand.Register register) {
            return register(register, known);
        }
        if (command instanceof ClusterCommand.TransferPrimary transfer) {
            return transfer(transfer);
        }
        if (command instanceof ClusterCommand.OfHoldings move) {
            Moved before = all.moves.get(move.id());
            if (before != null) {
                return before.equals(new NaiveMoves(all).moved(move)) ? DONE : "ALREADY_EXISTS";
            }
        }
        if (command instanceof ClusterCommand.Remove && known.isEmpty()) {
            return all.fences.containsKey(command.cluster()) ? DONE : "NOT_FOUND";
        }
        return known.isEmpty() ? "NOT_FOUND" : known(command, known.get());
    }

    private String known(ClusterCommand command, NaiveCluster cluster) {
        return switch (command) {
            case ClusterCommand.Register _, ClusterCommand.TransferPrimary _ -> DONE;
            case ClusterCommand.Update c -> update(c, cluster);
            case ClusterCommand.Remove c -> remove(c, cluster);
            case ClusterCommand.OfHoldings c -> new NaiveMoves(all).apply(c, cluster);
        };
    }

    private String register(ClusterCommand.Register c, Optional<NaiveCluster> known) {
        if (known.isPresent()) {
            return known.get().profile.equals(c.profile()) ? DONE : "ALREADY_EXISTS";
        }
        long fence = all.fences.merge(c.cluster(), 1L, Long::sum);
        NaiveCluster cluster = new NaiveCluster(c.profile(), c.state(), fence, all.now);
        all.clusters.put(c.cluster(), cluster);
        if (c.profile().primaryEligible() && all.primaryEpoch == 0) {
            cluster.role = ClusterRole.PRIMARY;
            all.primary = Optional.of(c.cluster());
            all.primaryEpoch = 1;
        }
        all.settle();
        return DONE;
    }

    private String update(ClusterCommand.Update c, NaiveCluster cluster) {
        if (cluster.profile.equals(c.profile())) {
            return DONE;
        }
        if (cluster.version != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        cluster.profile = c.profile();
        cluster.version++;
        all.settle();
        return DONE;
    }

    private String transfer(ClusterCommand.TransferPrimary c) {
        if (all.primaryEpoch == c.seenPrimaryEpoch() + 1
                && all.primary.equals(Optional.of(c.to()))) {
            return DONE;
        }
        NaiveCluster from = all.clusters.get(c.from());
        NaiveCluster to = all.clusters.get(c.to());
        if (from == null || to == null) {
            return "NOT_FOUND";
        }
        if (all.primaryEpoch != c.seenPrimaryEpoch()) {
            return "VERSION_CONFLICT";
        }
        if (!all.primary.equals(Optional.of(c.from()))) {
            return "NOT_PRIMARY";
        }
        if (from.state != ClusterState.HEALTHY) {
            return "ILLEGAL_TRANSITION";
        }
        if (!all.isFitAsPrimary(c.to())) {
            return "SUCCESSOR_INELIGIBLE";
        }
        if (!all.replay.waiting(c.to()).isEmpty()) {
            return "REPLAY_PENDING";
        }
        from.as(ClusterRole.SECONDARY);
        to.as(ClusterRole.PRIMARY);
        all.primary = Optional.of(c.to());
        all.primaryEpoch++;
        return DONE;
    }

    private String remove(ClusterCommand.Remove c, NaiveCluster cluster) {
        ClusterId id = c.cluster();
        if (cluster.version != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        if (all.primary.equals(Optional.of(id))) {
            return "IS_PRIMARY";
        }
        if (all.grains.values().stream().anyMatch(g -> g.isOwnedBy(id))) {
            return "OWNS_GRAINS";
        }
        if (!all.replay.waiting(id).isEmpty()) {
            return "REPLAY_PENDING";
        }
        if (cluster.isFenced() && !c.lost()) {
            return "FAILOVER_OPEN";
        }
        all.clusters.remove(id);
        return DONE;
    }
}
