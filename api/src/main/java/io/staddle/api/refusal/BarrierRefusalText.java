package io.staddle.api.refusal;

import io.staddle.api.id.NodeId;
import io.staddle.api.refusal.Refusal.AckConflict;
import io.staddle.api.refusal.Refusal.BarrierDecided;
import io.staddle.api.refusal.Refusal.BarrierInFlight;
import io.staddle.api.refusal.Refusal.DeadlinePassed;
import io.staddle.api.refusal.Refusal.Held;
import io.staddle.api.refusal.Refusal.NoParticipants;
import io.staddle.api.refusal.Refusal.NotParticipant;
import io.staddle.api.refusal.Refusal.NotReady;
import io.staddle.api.refusal.Refusal.ScopeLimit;
import io.staddle.api.refusal.Refusal.StaleToken;

/// The refusals about barriers, in words.
final class BarrierRefusalText {
    private BarrierRefusalText() {}

    static RefusalText of(Refusal.OfBarrier refusal) {
        return switch (refusal) {
            case StaleToken(var scope, var seen, var current, var coordinator) ->
                    new RefusalText(
                            "STALE_TOKEN",
                            Remedy.STOP_ACTING,
                            "scope \"%s\" is coordinated by %s with token %s, not %s"
                                    .formatted(
                                            scope,
                                            coordinator.map(NodeId::value).orElse("nobody"),
                                            current,
                                            seen),
                            "Stop coordinating; acquire the scope again, if it is still yours to"
                                    + " coordinate.");
            case Held(var scope, var by, var until, var left) ->
                    new RefusalText(
                            "HELD",
                            Remedy.RETRY_LATER,
                            "scope \"%s\" is coordinated by %s for another %s ms"
                                    .formatted(scope, by, left),
                            "Wait until its lease ends, or until it releases the scope.");
            case ScopeLimit(var used, var max) ->
                    report(
                            "SCOPE_LIMIT",
                            "there are %s scopes, barrier.scopes-max = %s are allowed"
                                    .formatted(used, max),
                            "Use a scope that there is, or raise barrier.scopes-max.");
            case BarrierInFlight(var barrier, var status) ->
                    new RefusalText(
                            "BARRIER_IN_FLIGHT",
                            Remedy.READ_AGAIN,
                            "barrier %s is %s".formatted(barrier, status),
                            "Commit or abort it first; its coordinator may have died: staddle"
                                    + " barrier show.");
            case NoParticipants(var scope) ->
                    report(
                            "NO_PARTICIPANTS",
                            "a barrier of scope \"%s\" needs participants".formatted(scope),
                            "Name them, or allow barriers without: staddle barrier configure"
                                    + " --solo.");
            case NotParticipant(var barrier, var node) ->
                    report(
                            "NOT_PARTICIPANT",
                            "node \"%s\" takes no part in barrier %s".formatted(node, barrier),
                            "Wait for a barrier that names it.");
            case BarrierDecided(var barrier, var status) ->
                    report(
                            "BARRIER_DECIDED",
                            "barrier %s is %s for ever".formatted(barrier, status),
                            "Act on the decision; the next barrier is another one.");
            case DeadlinePassed(var barrier, var deadline, var late) ->
                    report(
                            "DEADLINE_PASSED",
                            "the deadline of barrier %s passed %s ms ago".formatted(barrier, late),
                            "Give up what was prepared; the barrier will be aborted.");
            case AckConflict(var barrier, var node) ->
                    new RefusalText(
                            "ACK_CONFLICT",
                            Remedy.READ_AGAIN,
                            "node \"%s\" has said otherwise to barrier %s".formatted(node, barrier),
                            "Say the same again, or that it failed.");
            case NotReady(var barrier, var missing) ->
                    new RefusalText(
                            "NOT_READY",
                            Remedy.RETRY_LATER,
                            "barrier %s waits for %s".formatted(barrier, missing),
                            "Wait until all are prepared, or abort it.");
        };
    }

    private static RefusalText report(String code, String message, String next) {
        return new RefusalText(code, Remedy.REPORT, message, next);
    }
}
