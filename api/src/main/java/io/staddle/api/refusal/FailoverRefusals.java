package io.staddle.api.refusal;

import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
import io.staddle.api.refusal.Refusal.AutomationPaused;
import io.staddle.api.refusal.Refusal.FailoverOpen;
import io.staddle.api.refusal.Refusal.FenceNotAcked;
import io.staddle.api.refusal.Refusal.GraceNotElapsed;
import io.staddle.api.refusal.Refusal.IsPrimary;
import io.staddle.api.refusal.Refusal.MassSuspectHold;
import io.staddle.api.refusal.Refusal.NoEligibleSuccessor;
import io.staddle.api.refusal.Refusal.NotConfirmed;
import io.staddle.api.refusal.Refusal.NotPrimary;
import io.staddle.api.refusal.Refusal.NotRestarted;
import io.staddle.api.refusal.Refusal.PlanChanged;
import io.staddle.api.refusal.Refusal.SilenceTooShort;
import io.staddle.api.refusal.Refusal.StaleTerm;

/// The words of the refusals about health, roles and failover.
final class FailoverRefusals {
    private FailoverRefusals() {}

    static RefusalText of(Refusal.OfFailover refusal) {
        return switch (refusal) {
            case SilenceTooShort(var cluster, var silent, var needed) ->
                    later(
                            "SILENCE_TOO_SHORT",
                            "cluster \"%s\" is silent for %s ms, suspect after %s ms"
                                    .formatted(cluster, silent, needed),
                            "Wait for the rest of the time.");
            case NotConfirmed(var cluster, var confirmed, var needed) ->
                    later(
                            "NOT_CONFIRMED",
                            "%s clusters say that they do not reach \"%s\", %s are needed"
                                    .formatted(confirmed, cluster, needed),
                            "Wait for more reports, or lower health.observers-min.");
            case GraceNotElapsed(var cluster, var deadline, var left) ->
                    later(
                            "GRACE_NOT_ELAPSED",
                            "the grace period of cluster \"%s\" has %s ms left"
                                    .formatted(cluster, left),
                            "Wait, or fail it over as an operator.");
            case MassSuspectHold(var suspects, var max) ->
                    later(
                            "MASS_SUSPECT_HOLD",
                            "%s clusters are suspect at a time, more than %s"
                                    .formatted(suspects, max),
                            "See whether Staddle itself is cut off; fail over as an operator.");
            case AutomationPaused(var reach, var pause) ->
                    later("AUTOMATION_PAUSED", paused(reach, pause), "Resume automation, or act.");
            case NoEligibleSuccessor(var cluster) ->
                    report(
                            "NO_ELIGIBLE_SUCCESSOR",
                            "cluster \"" + cluster + "\" is the primary and no other can be it",
                            "Get an eligible cluster healthy, or force it: then nobody is.");
            case FailoverOpen(var cluster, var failover) ->
                    new RefusalText(
                            "FAILOVER_OPEN",
                            Remedy.READ_AGAIN,
                            "cluster \"%s\" is not readmitted since failover %s"
                                    .formatted(cluster, failover),
                            "Readmit it first.");
            case FenceNotAcked(var cluster, var acked, var fence) ->
                    later(
                            "FENCE_NOT_ACKED",
                            "cluster \"%s\" obeys fence %s, not yet %s"
                                    .formatted(cluster, acked, fence),
                            "Wait until it beats with its fence: then it has let go of all.");
            case NotRestarted(var cluster, var incarnation) ->
                    later(
                            "NOT_RESTARTED",
                            "cluster \"%s\" was drained, and is still incarnation %s"
                                    .formatted(cluster, incarnation),
                            "Restart it, or readmit it as an operator.");
            case NotPrimary(var cluster, var primary) ->
                    report(
                            "NOT_PRIMARY",
                            "cluster \"%s\" is not the primary, but %s"
                                    .formatted(
                                            cluster,
                                            primary.isPresent() ? primary.get() : "nobody"),
                            "Name the cluster that is.");
            case IsPrimary(var cluster) ->
                    report(
                            "IS_PRIMARY",
                            "cluster \"" + cluster + "\" is the primary",
                            "Make another cluster the primary first.");
            case PlanChanged(var seen, var current) ->
                    new RefusalText(
                            "PLAN_CHANGED",
                            Remedy.READ_AGAIN,
                            "what plan %s looked at has changed".formatted(seen),
                            "Plan again and decide anew.");
            case StaleTerm(var seen, var current) ->
                    new RefusalText(
                            "STALE_TERM",
                            Remedy.STOP_ACTING,
                            "it was decided in term %s, and this is term %s"
                                    .formatted(seen, current),
                            "Only the leader of now decides on it.");
        };
    }

    private static String paused(Reach reach, Pause pause) {
        String what =
                switch (reach) {
                    case Reach.AllClusters all -> "automation is paused";
                    case Reach.OneCluster(var cluster) ->
                            "automation is paused for cluster \"" + cluster + "\"";
                };
        return what + ": " + pause.reason();
    }

    private static RefusalText later(String code, String message, String next) {
        return new RefusalText(code, Remedy.RETRY_LATER, message, next);
    }

    private static RefusalText report(String code, String message, String next) {
        return new RefusalText(code, Remedy.REPORT, message, next);
    }
}
