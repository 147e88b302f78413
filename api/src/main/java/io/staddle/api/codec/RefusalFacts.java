package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.refusal.Refusal;

import java.util.Map;
import java.util.stream.Collectors;

/// The facts of a refusal by name, as they travel.
final class RefusalFacts {
    private RefusalFacts() {}

    static Map<String, String> of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfGrain ofGrain -> ofGrain(ofGrain);
            case Refusal.OfReplay ofReplay -> ofReplay(ofReplay);
            case Refusal.OfFailover ofFailover -> FailoverRefusalCodec.facts(ofFailover);
            case Refusal.OfRouting ofRouting -> RoutingRefusalCodec.facts(ofRouting);
            case Refusal.OfMigration ofMigration -> MigrationRefusalCodec.facts(ofMigration);
            case Refusal.OfBarrier ofBarrier -> BarrierRefusalCodec.facts(ofBarrier);
            case Refusal.OfPast ofPast -> PastRefusalCodec.facts(ofPast);
            case Refusal.OfMembers ofMembers -> MemberRefusalCodec.facts(ofMembers);
            case Refusal.Malformed(var field, var expected, var found) ->
                    Map.of("field", field, "expected", expected, "found", found);
            case Refusal.NotFound(var kind, var name) -> Map.of("kind", kind, "name", name);
            case Refusal.AlreadyExists(var kind, var name, var difference) ->
                    Map.of("kind", kind, "name", name, "difference", difference);
            case Refusal.VersionConflict(var kind, var name, var seen, var current) ->
                    Map.of("kind", kind, "name", name, "seen", "" + seen, "current", "" + current);
            case Refusal.ClusterFenced(var cluster, var fence, var state) ->
                    Map.of(
                            "cluster", cluster.value(),
                            "fence", fence.toString(),
                            "state", state.name());
            case Refusal.ClusterDraining(var cluster) -> Map.of("cluster", cluster.value());
            case Refusal.PlacementForbidden(var type, var cluster, var allowed) ->
                    Map.of(
                            "type", type.name(),
                            "cluster", cluster.value(),
                            "allowed",
                                    allowed.stream()
                                            .map(ClusterId::value)
                                            .collect(Collectors.joining(",")));
            case Refusal.LeaseTooLong(var asked, var max) ->
                    Map.of("asked", "" + asked, "max", "" + max);
            case Refusal.SuccessorIneligible(var cluster, var why) ->
                    Map.of("cluster", cluster.value(), "why", why.name());
            case Refusal.IllegalTransition(var kind, var name, var from, var to) ->
                    Map.of("kind", kind, "name", name, "from", from, "to", to);
            case Refusal.OwnsGrains(var cluster, var grains) ->
                    Map.of("cluster", cluster.value(), "grains", "" + grains);
            case Refusal.QuotaReached(var limit, var kind, var name, var used, var max) ->
                    Map.of(
                            "limit", limit, "kind", kind, "name", name, "used", "" + used, "max",
                            "" + max);
            case Refusal.InvalidConfig(var key, var expected, var found) ->
                    Map.of("key", key, "expected", expected, "found", found);
            case Refusal.UnsupportedLevel(var asked, var current, var newest) ->
                    Map.of("asked", "" + asked, "current", "" + current, "newest", "" + newest);
            case Refusal.Forbidden(var actor, var needs) -> Map.of("actor", actor, "needs", needs);
            case Refusal.Unrecognised same -> Map.of();
            case Refusal.ServerReplaced(var server, var known, var found) ->
                    Map.of("server", server, "known", known, "found", found);
        };
    }

    private static Map<String, String> ofReplay(Refusal.OfReplay refusal) {
        return switch (refusal) {
            case Refusal.BufferFull(var target, var limit, var used, var max) ->
                    Map.of(
                            "target",
                            target.value(),
                            "limit",
                            limit,
                            "used",
                            "" + used,
                            "max",
                            "" + max);
            case Refusal.TooLarge(var what, var bytes, var max) ->
                    Map.of("what", what, "bytes", "" + bytes, "max", "" + max);
            case Refusal.TooManyGaps(var target, var origin, var missing, var max) ->
                    Map.of(
                            "target",
                            target.value(),
                            "origin",
                            origin.value(),
                            "missing",
                            "" + missing,
                            "max",
                            "" + max);
            case Refusal.OutOfRange(var what, var asked, var min, var max) ->
                    Map.of("what", what, "asked", "" + asked, "min", "" + min, "max", "" + max);
            case Refusal.ReplayPending(var cluster, var entries) ->
                    Map.of("cluster", cluster.value(), "entries", "" + entries);
        };
    }

    private static Map<String, String> ofGrain(Refusal.OfGrain refusal) {
        return switch (refusal) {
            case Refusal.StaleEpoch(var seen, var current) -> Map.of("seen", seen.toString());
            case Refusal.EpochJump(var seen, var current, var max) ->
                    Map.of("seen", seen.toString(), "maxJump", "" + max);
            case Refusal.OwnedByOther same -> Map.of();
            case Refusal.EpochExhausted same -> Map.of();
            case Refusal.OwnerAlive same -> Map.of();
            case Refusal.CasConflict same -> Map.of();
            case Refusal.NotOwner same -> Map.of();
        };
    }
}
