package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterState;
import io.staddle.statemachine.machine.Naive.Cluster;
import io.staddle.statemachine.machine.Naive.Grain;
import io.staddle.statemachine.machine.Naive.Moved;
import io.staddle.statemachine.machine.Naive.Standing;

import java.util.List;
import java.util.Optional;

/// The commands about clusters, without holdings: every move is a loop over all grains.
final class NaiveClusters {
    private final Naive all;

    NaiveClusters(Naive all) {
        this.all = all;
    }

    String apply(ClusterCommand command) {
        Optional<Cluster> known = Optional.ofNullable(all.clusters.get(command.cluster()));
        if (command instanceof ClusterCommand.Register register) {
            return register(register, known);
        }
        if (command instanceof ClusterCommand.OfHoldings move) {
            Moved before = all.moves.get(move.id());
            if (before != null) {
                return before.equals(new Moved(move.cluster(), move.getClass()))
                        ? DONE
                        : "ALREADY_EXISTS";
            }
        }
        if (command instanceof ClusterCommand.Remove && known.isEmpty()) {
            return all.fences.containsKey(command.cluster()) ? DONE : "NOT_FOUND";
        }
        return known.isEmpty() ? "NOT_FOUND" : known(command, known.get());
    }

    private String known(ClusterCommand command, Cluster cluster) {
        return switch (command) {
            case ClusterCommand.Register _ -> DONE;
            case ClusterCommand.Update c -> {
                boolean same = cluster.profile().equals(c.profile());
                if (!same && cluster.version() != c.seenVersion()) {
                    yield "VERSION_CONFLICT";
                }
                if (!same) {
                    all.clusters.put(
                            c.cluster(),
                            new Cluster(
                                    c.profile(),
                                    cluster.state(),
                                    cluster.fence(),
                                    cluster.version() + 1));
                }
                yield DONE;
            }
            case ClusterCommand.SetState c -> setState(c, cluster);
            case ClusterCommand.Remove c -> remove(c, cluster);
            case ClusterCommand.FailOver c -> failOver(c, cluster);
            case ClusterCommand.FailBack c -> failBack(c);
            case ClusterCommand.Evacuate c -> evacuate(c);
        };
    }

    private String register(ClusterCommand.Register c, Optional<Cluster> known) {
        if (known.isPresent()) {
            return known.get().profile().equals(c.profile()) ? DONE : "ALREADY_EXISTS";
        }
        long fence = all.fences.merge(c.cluster(), 1L, Long::sum);
        all.clusters.put(c.cluster(), new Cluster(c.profile(), c.state(), fence, 1));
        all.rescue();
        return DONE;
    }

    private String setState(ClusterCommand.SetState c, Cluster cluster) {
        if (cluster.state() == c.state()) {
            return DONE;
        }
        if (cluster.version() != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        if (c.state() == ClusterState.FAILED) {
            return "ILLEGAL_TRANSITION";
        }
        all.clusters.put(c.cluster(), cluster.in(c.state()));
        all.rescue();
        return DONE;
    }

    private String remove(ClusterCommand.Remove c, Cluster cluster) {
        if (cluster.version() != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        if (all.grains.values().stream().anyMatch(g -> g.isOwnedBy(c.cluster()))) {
            return "OWNS_GRAINS";
        }
        if (all.replay.backlog(c.cluster()) > 0) {
            return "REPLAY_PENDING";
        }
        all.clusters.remove(c.cluster());
        return DONE;
    }

    private String failOver(ClusterCommand.FailOver c, Cluster cluster) {
        if (cluster.fence() != c.seenFence().value()) {
            return "VERSION_CONFLICT";
        }
        if (cluster.state() == ClusterState.FAILED) {
            return "ILLEGAL_TRANSITION";
        }
        if (isUnfit(c.successor(), c.cluster())) {
            return "SUCCESSOR_INELIGIBLE";
        }
        long fence = all.fences.merge(c.cluster(), 1L, Long::sum);
        all.clusters.put(
                c.cluster(),
                new Cluster(cluster.profile(), ClusterState.FAILED, fence, cluster.version() + 2));
        for (GrainId id : List.copyOf(all.grains.keySet())) {
            if (grain(id).isOwnedBy(c.cluster())) {
                Optional<ClusterId> next = successor(id, c.cluster(), c.successor());
                all.move(
                        id,
                        next.isPresent() ? Standing.OWNED : Standing.STRANDED,
                        next.orElse(c.cluster()));
            }
        }
        return moved(c);
    }

    private String failBack(ClusterCommand.FailBack c) {
        if (!all.isHealthy(c.cluster())) {
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
        return moved(c);
    }

    private String evacuate(ClusterCommand.Evacuate c) {
        if (isUnfit(c.successor(), c.cluster())) {
            return "SUCCESSOR_INELIGIBLE";
        }
        for (GrainId id : List.copyOf(all.grains.keySet())) {
            boolean named = c.types().isEmpty() || c.types().contains(id.type());
            if (named && grain(id).isOwnedBy(c.cluster())) {
                successor(id, c.cluster(), c.successor())
                        .ifPresent(next -> all.move(id, Standing.OWNED, next));
            }
        }
        return moved(c);
    }

    private String moved(ClusterCommand.OfHoldings move) {
        all.moves.put(move.id(), new Moved(move.cluster(), move.getClass()));
        return DONE;
    }

    private Optional<ClusterId> successor(GrainId id, ClusterId from, Successor wish) {
        return switch (wish) {
            case Successor.ByPlacement _ -> all.byPlacement(id.type(), from);
            case Successor.Named(var named) ->
                    Optional.of(named).filter(to -> all.allows(id.type(), to));
        };
    }

    private boolean isUnfit(Successor wish, ClusterId from) {
        return wish instanceof Successor.Named(var named)
                && (named.equals(from) || !all.isHealthy(named));
    }

    private Grain grain(GrainId id) {
        return all.grain(id).orElseThrow();
    }
}
