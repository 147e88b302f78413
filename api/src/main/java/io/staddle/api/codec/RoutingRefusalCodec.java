package io.staddle.api.codec;

import io.staddle.api.model.NodeState;
import io.staddle.api.refusal.Refusal;

import java.util.Map;
import java.util.Optional;

/// The facts of the refusals about data nodes, groups and vShards by name, and back.
final class RoutingRefusalCodec {
    private RoutingRefusalCodec() {}

    static Map<String, String> facts(Refusal.OfRouting refusal) {
        return switch (refusal) {
            case Refusal.AlreadyInitialized(var vShards, var groups) ->
                    Map.of("vShards", "" + vShards, "groups", "" + groups);
            case Refusal.StaleIncarnation(var node, var seen, var current) ->
                    Map.of("node", node.value(), "seen", "" + seen, "current", "" + current);
            case Refusal.NodeNotActive(var node, var state) ->
                    Map.of("node", node.value(), "state", state.name());
            case Refusal.NodeInUse(var node, var group) ->
                    Map.of("node", node.value(), "group", group.toString());
            case Refusal.StillLeaving(var node, var group) ->
                    Map.of("node", node.value(), "group", group.toString());
            case Refusal.WouldViolateRf(var node, var group, var voters, var factor) ->
                    Map.of(
                            "node",
                            node.value(),
                            "group",
                            group.toString(),
                            "voters",
                            "" + voters,
                            "replicationFactor",
                            "" + factor);
            case Refusal.AlreadyDecommissioned(var node) -> Map.of("node", node.value());
            case Refusal.NotAMember(var node, var group) ->
                    Map.of("node", node.value(), "group", group.toString());
            case Refusal.EpochConflict(var vShard, var seen, var current) ->
                    Map.of(
                            "vShard", vShard.toString(),
                            "seen", seen.toString(),
                            "current", current.toString());
        };
    }

    /// Returns the refusal of that code; empty if it is not one of these.
    static Optional<Refusal> decode(String code, Facts facts) {
        return switch (code) {
            case "ALREADY_INITIALIZED" ->
                    Optional.of(
                            new Refusal.AlreadyInitialized(
                                    (int) facts.number("vShards"), (int) facts.number("groups")));
            case "STALE_INCARNATION" ->
                    Optional.of(
                            new Refusal.StaleIncarnation(
                                    facts.node("node"),
                                    facts.number("seen"),
                                    facts.number("current")));
            case "NODE_NOT_ACTIVE" ->
                    Optional.of(
                            new Refusal.NodeNotActive(
                                    facts.node("node"), facts.constant("state", NodeState.class)));
            case "NODE_IN_USE" ->
                    Optional.of(new Refusal.NodeInUse(facts.node("node"), facts.group("group")));
            case "STILL_LEAVING" ->
                    Optional.of(new Refusal.StillLeaving(facts.node("node"), facts.group("group")));
            case "WOULD_VIOLATE_RF" ->
                    Optional.of(
                            new Refusal.WouldViolateRf(
                                    facts.node("node"),
                                    facts.group("group"),
                                    facts.number("voters"),
                                    facts.number("replicationFactor")));
            case "ALREADY_DECOMMISSIONED" ->
                    Optional.of(new Refusal.AlreadyDecommissioned(facts.node("node")));
            case "NOT_A_MEMBER" ->
                    Optional.of(new Refusal.NotAMember(facts.node("node"), facts.group("group")));
            case "EPOCH_CONFLICT" ->
                    Optional.of(
                            new Refusal.EpochConflict(
                                    facts.vShard("vShard"),
                                    facts.epoch("seen"),
                                    facts.epoch("current")));
            default -> Optional.empty();
        };
    }
}
