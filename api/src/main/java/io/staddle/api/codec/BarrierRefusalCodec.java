package io.staddle.api.codec;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.refusal.Refusal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The facts of the refusals about barriers by name, and back.
final class BarrierRefusalCodec {
    private BarrierRefusalCodec() {}

    static Map<String, String> facts(Refusal.OfBarrier refusal) {
        return switch (refusal) {
            case Refusal.StaleToken(var scope, var seen, var current, var coordinator) ->
                    Map.of(
                            "scope",
                            scope.value(),
                            "seen",
                            seen.toString(),
                            "current",
                            current.toString(),
                            "coordinator",
                            coordinator.map(NodeId::value).orElse(""));
            case Refusal.Held(var scope, var by, var until, var left) ->
                    Map.of(
                            "scope",
                            scope.value(),
                            "by",
                            by.value(),
                            "until",
                            "" + until,
                            "left",
                            "" + left);
            case Refusal.ScopeLimit(var used, var max) ->
                    Map.of("used", "" + used, "max", "" + max);
            case Refusal.BarrierInFlight(var id, var status) -> of(id, "status", status.name());
            case Refusal.NoParticipants(var scope) -> Map.of("scope", scope.value());
            case Refusal.NotParticipant(var id, var node) -> of(id, "node", node.value());
            case Refusal.BarrierDecided(var id, var status) -> of(id, "status", status.name());
            case Refusal.DeadlinePassed(var id, var deadline, var late) ->
                    of(id, "deadline", "" + deadline, "late", "" + late);
            case Refusal.AckConflict(var id, var node) -> of(id, "node", node.value());
            case Refusal.NotReady(var id, var missing) ->
                    of(
                            id,
                            "missing",
                            missing.stream().map(NodeId::value).collect(Collectors.joining(",")));
        };
    }

    /// Returns the refusal of that code; empty if it is not one of these.
    static Optional<Refusal> decode(String code, Facts facts) {
        return Optional.ofNullable(
                switch (code) {
                    case "STALE_TOKEN" ->
                            new Refusal.StaleToken(
                                    scope(facts),
                                    new Token(facts.number("seen")),
                                    new Token(facts.number("current")),
                                    Optional.of(facts.text("coordinator"))
                                            .filter(name -> !name.isEmpty())
                                            .map(NodeId::new));
                    case "HELD" ->
                            new Refusal.Held(
                                    scope(facts),
                                    facts.node("by"),
                                    facts.number("until"),
                                    facts.number("left"));
                    case "SCOPE_LIMIT" ->
                            new Refusal.ScopeLimit(facts.number("used"), facts.number("max"));
                    case "NO_PARTICIPANTS" -> new Refusal.NoParticipants(scope(facts));
                    default -> ofBarrier(code, facts).orElse(null);
                });
    }

    private static Optional<Refusal> ofBarrier(String code, Facts facts) {
        return Optional.ofNullable(
                switch (code) {
                    case "BARRIER_IN_FLIGHT" ->
                            new Refusal.BarrierInFlight(id(facts), status(facts));
                    case "NOT_PARTICIPANT" ->
                            new Refusal.NotParticipant(id(facts), facts.node("node"));
                    case "BARRIER_DECIDED" -> new Refusal.BarrierDecided(id(facts), status(facts));
                    case "DEADLINE_PASSED" ->
                            new Refusal.DeadlinePassed(
                                    id(facts), facts.number("deadline"), facts.number("late"));
                    case "ACK_CONFLICT" -> new Refusal.AckConflict(id(facts), facts.node("node"));
                    case "NOT_READY" -> new Refusal.NotReady(id(facts), missing(facts));
                    default -> null;
                });
    }

    private static Map<String, String> of(BarrierId id, String... others) {
        Map<String, String> facts = new HashMap<>();
        facts.put("scope", id.scope().value());
        facts.put("epoch", "" + id.epoch());
        for (int i = 0; i < others.length; i += 2) {
            facts.put(others[i], others[i + 1]);
        }
        return facts;
    }

    private static List<NodeId> missing(Facts facts) {
        return Stream.of(facts.text("missing").split(","))
                .filter(each -> !each.isEmpty())
                .map(NodeId::new)
                .toList();
    }

    private static ScopeId scope(Facts facts) {
        return new ScopeId(facts.text("scope"));
    }

    private static BarrierId id(Facts facts) {
        return new BarrierId(scope(facts), facts.number("epoch"));
    }

    private static BarrierStatus status(Facts facts) {
        return facts.constant("status", BarrierStatus.class);
    }
}
