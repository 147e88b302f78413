package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.HealthCommand.Readmit;
import io.staddle.api.command.Initiative;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.StateCause;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Move;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.HealthTable.Signal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.replay.ReplayBacklog;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When a cluster that was demoted is taken back in, and its failover closed.
public final class ReadmissionRules {
    private ReadmissionRules() {}

    /// Says what keeps a cluster with an open failover out now; empty if the leader can readmit it.
    public static Optional<Refusal> heldBy(ClusterRecord cluster, Initiative by, Reads view) {
        if (HealthTable.next(cluster, Signal.READMISSION).isEmpty()) {
            return Optional.of(ClusterRefusals.illegal(cluster, ClusterState.HEALTHY));
        }
        if (by == Initiative.AUTOMATIC) {
            Optional<Refusal> held =
                    Automation.heldBy(cluster, view).or(() -> notRestarted(cluster, view));
            if (held.isPresent()) {
                return held;
            }
        }
        return ReplayBacklog.refusal(cluster.id(), view).or(() -> notAcknowledged(cluster));
    }

    private static Optional<Refusal> notAcknowledged(ClusterRecord cluster) {
        return cluster.fencing().isAcknowledged()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.FenceNotAcked(
                                cluster.id(), cluster.fencing().acked(), cluster.fence()));
    }

    static Decision readmit(Readmit readmit, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, readmit.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRefusals.notFound(readmit.cluster()));
        }
        ClusterRecord cluster = known.get();
        if (!cluster.fencing().openFailover().equals(Optional.of(readmit.failover()))) {
            return notOpen(readmit, cluster, view);
        }
        Optional<Refusal> held = heldBy(cluster, readmit.by(), view);
        return held.isPresent() ? refuse(held.get()) : readmitted(cluster, readmit, view, tick);
    }

    /// A failover of this cluster that is not open was closed before.
    private static Decision notOpen(Readmit readmit, ClusterRecord cluster, Reads view) {
        boolean closed =
                view.get(Schema.MOVES, readmit.failover())
                        .filter(move -> move.demotion().isPresent())
                        .filter(move -> move.cluster().equals(cluster.id()))
                        .isPresent();
        return closed
                ? accept(new Answer.Cluster(cluster))
                : refuse(new Refusal.NotFound("failover", readmit.failover().value()));
    }

    private static Decision readmitted(
            ClusterRecord cluster, Readmit readmit, Reads view, Tick tick) {
        MoveId failover = readmit.failover();
        List<Event> events = new ArrayList<>();
        events.add(
                new ClusterEvent.StateChanged(
                        cluster.id(),
                        cluster.state(),
                        ClusterState.HEALTHY,
                        new StateCause.Readmitted(failover)));
        events.add(new ClusterEvent.Readmitted(cluster.id(), failover));
        if (cluster.role() != ClusterRole.SECONDARY) {
            events.add(
                    new ClusterEvent.RoleChanged(
                            cluster.id(), cluster.role(), ClusterRole.SECONDARY));
        }
        ClusterRecord back = ClusterChanges.after(cluster, events, tick.nowMillis());
        List<Event> then = Succession.afterChange(Candidates.of(view).with(back), view, tick);
        events.addAll(then);
        return accept(
                new Answer.Cluster(ClusterChanges.after(back, then, tick.nowMillis())), events);
    }

    /// Who was drained comes back when it was restarted, and not because it still runs.
    private static Optional<Refusal> notRestarted(ClusterRecord cluster, Reads view) {
        Optional<Demotion> demotion =
                cluster.fencing()
                        .openFailover()
                        .flatMap(failover -> view.get(Schema.MOVES, failover))
                        .flatMap(Move::demotion);
        long incarnation = cluster.vitals().incarnation();
        boolean still =
                demotion.filter(each -> each.cause() == FailoverCause.DRAIN)
                        .filter(each -> each.incarnation() >= incarnation)
                        .isPresent();
        return still
                ? Optional.of(new Refusal.NotRestarted(cluster.id(), incarnation))
                : Optional.empty();
    }
}
