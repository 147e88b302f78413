package io.staddle.api.refusal;

import io.staddle.api.refusal.Refusal.AlreadyDecommissioned;
import io.staddle.api.refusal.Refusal.AlreadyInitialized;
import io.staddle.api.refusal.Refusal.EpochConflict;
import io.staddle.api.refusal.Refusal.NodeInUse;
import io.staddle.api.refusal.Refusal.NodeNotActive;
import io.staddle.api.refusal.Refusal.NotAMember;
import io.staddle.api.refusal.Refusal.StaleIncarnation;
import io.staddle.api.refusal.Refusal.StillLeaving;
import io.staddle.api.refusal.Refusal.WouldViolateRf;

/// The refusals about data nodes, groups and vShards, in words.
final class RoutingRefusalText {
    private RoutingRefusalText() {}

    static RefusalText of(Refusal.OfRouting refusal) {
        return switch (refusal) {
            case AlreadyInitialized(var vShards, var groups) ->
                    report(
                            "ALREADY_INITIALIZED",
                            "routing was initialised with %s vShards in %s groups"
                                    .formatted(vShards, groups),
                            "Use what there is: the number of vShards never changes.");
            case StaleIncarnation(var node, var seen, var current) ->
                    new RefusalText(
                            "STALE_INCARNATION",
                            Remedy.STOP_ACTING,
                            "node \"%s\" is incarnation %s, not %s".formatted(node, current, seen),
                            "Register the node with a higher incarnation after each restart.");
            case NodeNotActive(var node, var state) ->
                    report(
                            "NODE_NOT_ACTIVE",
                            "node \"%s\" is %s, not ACTIVE".formatted(node, state),
                            "Choose another node, or make this one ACTIVE: staddle node activate.");
            case NodeInUse(var node, var group) ->
                    report(
                            "NODE_IN_USE",
                            "node \"%s\" is needed by group %s".formatted(node, group),
                            "Move what it serves and holds first.");
            case StillLeaving(var node, var group) ->
                    new RefusalText(
                            "STILL_LEAVING",
                            Remedy.RETRY_LATER,
                            "node \"%s\" has not left group %s at the data plane"
                                    .formatted(node, group),
                            "Wait until an agent of the group has confirmed it: staddle routing"
                                    + " show.");
            case WouldViolateRf(var node, var group, var voters, var factor) ->
                    report(
                            "WOULD_VIOLATE_RF",
                            "without node \"%s\" group %s has %s voters, %s are needed"
                                    .formatted(node, group, voters, factor),
                            "Let another node take its place: staddle node drain, or make one a"
                                    + " voter.");
            case AlreadyDecommissioned(var node) ->
                    report(
                            "ALREADY_DECOMMISSIONED",
                            "node \"%s\" has left for good".formatted(node),
                            "Nothing is left to do but to remove it.");
            case NotAMember(var node, var group) ->
                    report(
                            "NOT_A_MEMBER",
                            "node \"%s\" is not such a member of group %s".formatted(node, group),
                            "Choose a voter of the group.");
            case EpochConflict(var vShard, var seen, var current) ->
                    new RefusalText(
                            "EPOCH_CONFLICT",
                            Remedy.READ_AGAIN,
                            "vShard %s is in epoch %s, not %s".formatted(vShard, current, seen),
                            "Read it again and decide anew.");
        };
    }

    private static RefusalText report(String code, String message, String next) {
        return new RefusalText(code, Remedy.REPORT, message, next);
    }
}
