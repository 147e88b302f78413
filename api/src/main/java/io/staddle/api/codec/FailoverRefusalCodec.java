package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
import io.staddle.api.refusal.Refusal;

import java.util.Map;
import java.util.Optional;

/// The facts of the refusals about health, roles and failover by name, and back.
final class FailoverRefusalCodec {
    private FailoverRefusalCodec() {}

    static Map<String, String> facts(Refusal.OfFailover refusal) {
        return switch (refusal) {
            case Refusal.SilenceTooShort(var cluster, var silent, var needed) ->
                    Map.of(
                            "cluster", cluster.value(),
                            "silent", "" + silent,
                            "needed", "" + needed);
            case Refusal.NotConfirmed(var cluster, var confirmed, var needed) ->
                    Map.of(
                            "cluster", cluster.value(),
                            "confirmed", "" + confirmed,
                            "needed", "" + needed);
            case Refusal.GraceNotElapsed(var cluster, var deadline, var left) ->
                    Map.of(
                            "cluster", cluster.value(),
                            "deadline", "" + deadline,
                            "left", "" + left);
            case Refusal.MassSuspectHold(var suspects, var max) ->
                    Map.of("suspects", "" + suspects, "max", "" + max);
            case Refusal.AutomationPaused(var reach, var pause) ->
                    Map.of(
                            "cluster", HealthCodec.encode(reach),
                            "reason", pause.reason(),
                            "actor", pause.actor(),
                            "since", "" + pause.sinceMillis());
            case Refusal.NoEligibleSuccessor(var cluster) -> Map.of("cluster", cluster.value());
            case Refusal.FailoverOpen(var cluster, var failover) ->
                    Map.of("cluster", cluster.value(), "failover", failover.value());
            case Refusal.FenceNotAcked(var cluster, var acked, var fence) ->
                    Map.of(
                            "cluster", cluster.value(),
                            "acked", acked.toString(),
                            "fence", fence.toString());
            case Refusal.NotRestarted(var cluster, var incarnation) ->
                    Map.of("cluster", cluster.value(), "incarnation", "" + incarnation);
            case Refusal.NotPrimary(var cluster, var primary) ->
                    Map.of(
                            "cluster", cluster.value(),
                            "primary", primary.map(ClusterId::value).orElse(""));
            case Refusal.IsPrimary(var cluster) -> Map.of("cluster", cluster.value());
            case Refusal.PlanChanged(var seen, var current) ->
                    Map.of("seen", seen.value(), "current", current.value());
            case Refusal.StaleTerm(var seen, var current) ->
                    Map.of("seen", "" + seen, "current", "" + current);
        };
    }

    /// Returns the refusal of that code; empty if it is not one of these.
    static Optional<Refusal> decode(String code, Facts facts) {
        return switch (code) {
            case "MASS_SUSPECT_HOLD" ->
                    Optional.of(
                            new Refusal.MassSuspectHold(
                                    facts.number("suspects"), facts.number("max")));
            case "AUTOMATION_PAUSED" ->
                    Optional.of(new Refusal.AutomationPaused(reach(facts), pause(facts)));
            case "PLAN_CHANGED" ->
                    Optional.of(
                            new Refusal.PlanChanged(
                                    new PlanId(facts.text("seen")),
                                    new PlanId(facts.text("current"))));
            case "STALE_TERM" ->
                    Optional.of(
                            new Refusal.StaleTerm(facts.number("seen"), facts.number("current")));
            default -> ofCluster(code, facts);
        };
    }

    private static Optional<Refusal> ofCluster(String code, Facts facts) {
        return switch (code) {
            case "SILENCE_TOO_SHORT" ->
                    Optional.of(
                            new Refusal.SilenceTooShort(
                                    facts.cluster("cluster"),
                                    facts.number("silent"),
                                    facts.number("needed")));
            case "NOT_CONFIRMED" ->
                    Optional.of(
                            new Refusal.NotConfirmed(
                                    facts.cluster("cluster"),
                                    facts.number("confirmed"),
                                    facts.number("needed")));
            case "GRACE_NOT_ELAPSED" ->
                    Optional.of(
                            new Refusal.GraceNotElapsed(
                                    facts.cluster("cluster"),
                                    facts.number("deadline"),
                                    facts.number("left")));
            case "NO_ELIGIBLE_SUCCESSOR" ->
                    Optional.of(new Refusal.NoEligibleSuccessor(facts.cluster("cluster")));
            case "FAILOVER_OPEN" ->
                    Optional.of(
                            new Refusal.FailoverOpen(
                                    facts.cluster("cluster"), new MoveId(facts.text("failover"))));
            case "FENCE_NOT_ACKED" ->
                    Optional.of(
                            new Refusal.FenceNotAcked(
                                    facts.cluster("cluster"),
                                    new Fence(facts.number("acked")),
                                    new Fence(facts.number("fence"))));
            case "NOT_RESTARTED" ->
                    Optional.of(
                            new Refusal.NotRestarted(
                                    facts.cluster("cluster"), facts.number("incarnation")));
            case "NOT_PRIMARY" ->
                    Optional.of(
                            new Refusal.NotPrimary(
                                    facts.cluster("cluster"),
                                    HealthCodec.optionalCluster(facts.text("primary"))));
            case "IS_PRIMARY" -> Optional.of(new Refusal.IsPrimary(facts.cluster("cluster")));
            default -> Optional.empty();
        };
    }

    private static Reach reach(Facts facts) {
        return HealthCodec.reach(facts.text("cluster"));
    }

    private static Pause pause(Facts facts) {
        return new Pause(facts.text("reason"), facts.text("actor"), facts.number("since"));
    }
}
