package io.staddle.statemachine.clusters;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Unfitness;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.FailoverCase.Insistence;
import io.staddle.statemachine.clusters.HealthTable.Signal;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What holds a failover back: all of it, in the order in which a command meets it.
final class FailoverGuards {
    private FailoverGuards() {}

    /// Returns what holds the failover back now; empty if it can take place.
    static List<Refusal> heldBy(FailoverCase wanted, Reads view, long nowMillis) {
        return Stream.of(
                        transition(wanted),
                        grace(wanted, nowMillis),
                        automation(wanted, view),
                        massSuspicion(wanted),
                        role(wanted),
                        named(wanted))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Refusal> transition(FailoverCase wanted) {
        ClusterRecord cluster = wanted.cluster();
        boolean possible =
                HealthTable.next(cluster, wanted.signal()).isPresent()
                        || (wanted.insistence() != Insistence.NONE
                                && HealthTable.next(cluster, Signal.FAILOVER_BY_FORCE).isPresent());
        if (possible) {
            return Optional.empty();
        }
        return Optional.of(
                cluster.state() == ClusterState.RECOVERING && cluster.isFenced()
                        ? new Refusal.FailoverOpen(
                                cluster.id(), cluster.fencing().openFailover().orElseThrow())
                        : ClusterRefusals.illegal(cluster, ClusterState.FAILED));
    }

    private static Optional<Refusal> grace(FailoverCase wanted, long nowMillis) {
        long left = wanted.leftMillis(nowMillis);
        return wanted.cluster().state() == ClusterState.SUSPECT && left > 0
                ? Optional.of(
                        new Refusal.GraceNotElapsed(
                                wanted.cluster().id(), wanted.deadlineMillis(), left))
                : Optional.empty();
    }

    private static Optional<Refusal> automation(FailoverCase wanted, Reads view) {
        return wanted.cause().isAutomatic()
                ? Automation.heldBy(wanted.cluster(), view)
                : Optional.empty();
    }

    /// A cluster that leaves says so itself: then nobody is cut off.
    private static Optional<Refusal> massSuspicion(FailoverCase wanted) {
        if (wanted.cause() != FailoverCause.GRACE) {
            return Optional.empty();
        }
        Candidates without = wanted.without();
        // The cluster itself counts: in `without` it has failed already.
        long suspects = without.suspects() + 1;
        long set = without.config().get(Setting.SUSPECTS_MAX);
        long max = set > 0 ? set : Math.max(1, without.count() / 2);
        return suspects > max
                ? Optional.of(new Refusal.MassSuspectHold(suspects, max))
                : Optional.empty();
    }

    private static Optional<Refusal> role(FailoverCase wanted) {
        boolean needed =
                wanted.movesRole() && wanted.insistence() != Insistence.ALSO_WITHOUT_PRIMARY;
        return needed && wanted.without().nextPrimary().isEmpty()
                ? Optional.of(new Refusal.NoEligibleSuccessor(wanted.cluster().id()))
                : Optional.empty();
    }

    private static Optional<Refusal> named(FailoverCase wanted) {
        return switch (wanted.wish()) {
            case Successor.ByPlacement _ -> Optional.empty();
            case Successor.Named(var named) ->
                    unfitness(named, wanted)
                            .map(why -> new Refusal.SuccessorIneligible(named, why));
        };
    }

    private static Optional<Unfitness> unfitness(ClusterId named, FailoverCase wanted) {
        if (named.equals(wanted.cluster().id())) {
            return Optional.of(Unfitness.GIVES_UP);
        }
        return wanted.movesRole()
                ? wanted.without().unfitnessAsPrimary(named)
                : wanted.without().unfitness(named);
    }
}
