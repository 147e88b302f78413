package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.AutomationCommand.NoteFailoverBlocked;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// Decides the commands about what happens by itself.
public final class AutomationRules {
    private AutomationRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(AutomationCommand command, Reads view, Tick tick) {
        return switch (command) {
            case AutomationCommand.Pause pause -> pause(pause, view, tick);
            case AutomationCommand.Resume resume -> resume(resume, view);
            case NoteFailoverBlocked note -> note(note, view, tick);
        };
    }

    private static Decision pause(AutomationCommand.Pause command, Reads view, Tick tick) {
        Optional<ClusterId> unknown = unknown(command.reach(), view);
        if (unknown.isPresent()) {
            return refuse(ClusterRefusals.notFound(unknown.get()));
        }
        Optional<Pause> current = current(command.reach(), view);
        if (current.isPresent()) {
            return accept(new Answer.Automation(command.reach(), current));
        }
        Pause pause = new Pause(command.reason(), tick.actor(), tick.nowMillis());
        return accept(
                new Answer.Automation(command.reach(), Optional.of(pause)),
                new ClusterEvent.AutomationPaused(command.reach(), pause));
    }

    private static Decision resume(AutomationCommand.Resume command, Reads view) {
        Optional<ClusterId> unknown = unknown(command.reach(), view);
        if (unknown.isPresent()) {
            return refuse(ClusterRefusals.notFound(unknown.get()));
        }
        Answer answer = new Answer.Automation(command.reach(), Optional.empty());
        return current(command.reach(), view).isEmpty()
                ? accept(answer)
                : accept(answer, new ClusterEvent.AutomationResumed(command.reach()));
    }

    /// Each blocker is noted once while the cluster stays in its state, or history would be full of
    /// what the leader sees every second.
    private static Decision note(NoteFailoverBlocked note, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, note.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRefusals.notFound(note.cluster()));
        }
        ClusterRecord cluster = known.get();
        List<Refusal> heldBy =
                FailoverCase.due(cluster, Candidates.of(view), tick.nowMillis())
                        .map(due -> FailoverGuards.heldBy(due, view, tick.nowMillis()))
                        .orElse(List.of());
        List<Event> events =
                notYetNoted(cluster, heldBy).stream()
                        .<Event>map(
                                blocker -> new ClusterEvent.FailoverBlocked(cluster.id(), blocker))
                        .toList();
        return accept(new Answer.Noted(), events);
    }

    /// Returns what of that which holds back a failover is to be noted, and is not yet.
    public static List<FailoverBlocker> notYetNoted(ClusterRecord cluster, List<Refusal> heldBy) {
        return heldBy.stream()
                .flatMap(why -> blocker(why).stream())
                .filter(blocker -> !cluster.health().noted().contains(blocker))
                .toList();
    }

    private static Optional<FailoverBlocker> blocker(Refusal why) {
        if (!(why instanceof Refusal.OfFailover ofFailover)) {
            return Optional.empty();
        }
        return switch (ofFailover) {
            case Refusal.AutomationPaused _ -> Optional.of(FailoverBlocker.AUTOMATION_PAUSED);
            case Refusal.MassSuspectHold _ -> Optional.of(FailoverBlocker.MASS_SUSPECT_HOLD);
            case Refusal.NoEligibleSuccessor _ ->
                    Optional.of(FailoverBlocker.NO_ELIGIBLE_SUCCESSOR);
            case Refusal.SilenceTooShort _,
                    Refusal.NotConfirmed _,
                    Refusal.GraceNotElapsed _,
                    Refusal.FailoverOpen _,
                    Refusal.FenceNotAcked _,
                    Refusal.NotRestarted _,
                    Refusal.NotPrimary _,
                    Refusal.IsPrimary _,
                    Refusal.PlanChanged _,
                    Refusal.StaleTerm _ ->
                    Optional.empty();
        };
    }

    private static Optional<ClusterId> unknown(Reach reach, Reads view) {
        return switch (reach) {
            case Reach.AllClusters _ -> Optional.empty();
            case Reach.OneCluster(var cluster) ->
                    Optional.of(cluster).filter(id -> view.get(Schema.CLUSTERS, id).isEmpty());
        };
    }

    private static Optional<Pause> current(Reach reach, Reads view) {
        return switch (reach) {
            case Reach.AllClusters _ -> Automation.pauseOfAll(view);
            case Reach.OneCluster(var cluster) ->
                    view.get(Schema.CLUSTERS, cluster).flatMap(ClusterRecord::pause);
        };
    }
}
