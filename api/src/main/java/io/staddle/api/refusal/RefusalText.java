package io.staddle.api.refusal;

import io.staddle.api.refusal.Refusal.AlreadyExists;
import io.staddle.api.refusal.Refusal.CasConflict;
import io.staddle.api.refusal.Refusal.ClusterDraining;
import io.staddle.api.refusal.Refusal.ClusterFenced;
import io.staddle.api.refusal.Refusal.EpochExhausted;
import io.staddle.api.refusal.Refusal.EpochJump;
import io.staddle.api.refusal.Refusal.Forbidden;
import io.staddle.api.refusal.Refusal.IllegalTransition;
import io.staddle.api.refusal.Refusal.InvalidConfig;
import io.staddle.api.refusal.Refusal.LeaseTooLong;
import io.staddle.api.refusal.Refusal.Malformed;
import io.staddle.api.refusal.Refusal.NotFound;
import io.staddle.api.refusal.Refusal.NotOwner;
import io.staddle.api.refusal.Refusal.OwnedByOther;
import io.staddle.api.refusal.Refusal.OwnerAlive;
import io.staddle.api.refusal.Refusal.OwnsGrains;
import io.staddle.api.refusal.Refusal.PlacementForbidden;
import io.staddle.api.refusal.Refusal.QuotaReached;
import io.staddle.api.refusal.Refusal.ServerReplaced;
import io.staddle.api.refusal.Refusal.StaleEpoch;
import io.staddle.api.refusal.Refusal.SuccessorIneligible;
import io.staddle.api.refusal.Refusal.Unrecognised;
import io.staddle.api.refusal.Refusal.UnsupportedLevel;
import io.staddle.api.refusal.Refusal.VersionConflict;

/// What a refusal is called and says. Codes are format: never changed.
///
/// @param code a stable name such as `STALE_EPOCH`
/// @param message what was expected and what was found
/// @param next what the caller can do next, in a sentence
public record RefusalText(String code, Remedy remedy, String message, String next) {

    /// Returns the words for a refusal.
    public static RefusalText of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfGrain ofGrain -> GrainRefusals.of(ofGrain);
            case Refusal.OfReplay ofReplay -> ReplayRefusalText.of(ofReplay);
            case Refusal.OfFailover ofFailover -> FailoverRefusals.of(ofFailover);
            case Refusal.OfRouting ofRouting -> RoutingRefusalText.of(ofRouting);
            case Refusal.OfMigration ofMigration -> MigrationRefusalText.of(ofMigration);
            case Refusal.OfBarrier ofBarrier -> BarrierRefusalText.of(ofBarrier);
            case Refusal.OfPast ofPast -> PastRefusalText.of(ofPast);
            case Refusal.OfMembers ofMembers -> MemberRefusalText.of(ofMembers);
            case Malformed(var field, var expected, var found) ->
                    report(
                            "MALFORMED",
                            field + " must be " + expected + ", but is \"" + found + "\"",
                            "Correct " + field + " and try again.");
            case NotFound(var kind, var name) ->
                    report(
                            "NOT_FOUND",
                            "there is no " + kind + " \"" + name + "\"",
                            NextSteps.toFind(kind));
            case AlreadyExists(var kind, var name, var difference) ->
                    report(
                            "ALREADY_EXISTS",
                            "there is another " + kind + " \"" + name + "\": " + difference,
                            "Choose another name, or update the one that there is.");
            case VersionConflict(var kind, var name, var seen, var current) ->
                    new RefusalText(
                            "VERSION_CONFLICT",
                            Remedy.READ_AGAIN,
                            "%s \"%s\" is at version %s, not %s"
                                    .formatted(kind, name, current, seen),
                            "Read it again and decide anew.");
            case ClusterFenced(var cluster, var fence, var state) ->
                    new RefusalText(
                            "CLUSTER_FENCED",
                            Remedy.STOP_ACTING,
                            "cluster \"%s\" is %s behind fence %s".formatted(cluster, state, fence),
                            "Stop acting as an owner; the cluster must be readmitted first.");
            case ClusterDraining(var cluster) ->
                    report(
                            "CLUSTER_DRAINING",
                            "cluster \"" + cluster + "\" is leaving and gets nothing new",
                            "Let another cluster own the grain.");
            case PlacementForbidden(var type, var cluster, var allowed) ->
                    report(
                            "PLACEMENT_FORBIDDEN",
                            "grains of type \"%s\" may be owned by %s, not by \"%s\""
                                    .formatted(type, allowed, cluster),
                            "Choose an allowed cluster, or change the placement of the type.");
            case LeaseTooLong(var asked, var max) ->
                    report(
                            "LEASE_TOO_LONG",
                            "a lease of %s ms was asked for, %s ms is the longest"
                                    .formatted(asked, max),
                            "Ask for less, or raise leases.millis-max.");
            case SuccessorIneligible(var cluster, var why) ->
                    report(
                            "SUCCESSOR_INELIGIBLE",
                            "cluster \"%s\" cannot take over: %s"
                                    .formatted(cluster, UnfitnessWords.of(why)),
                            "Choose another cluster, or name none.");
            case IllegalTransition why ->
                    report("ILLEGAL_TRANSITION", NextSteps.message(why), NextSteps.toChange(why));
            case OwnsGrains(var cluster, var grains) ->
                    report(
                            "OWNS_GRAINS",
                            "cluster \"%s\" owns %s grains".formatted(cluster, grains),
                            "Evacuate it or fail it over first.");
            case QuotaReached(var limit, var kind, var name, var used, var max) ->
                    report(
                            "QUOTA_REACHED",
                            "%s \"%s\" has %s grains, %s = %s are allowed"
                                    .formatted(kind, name, used, limit, max),
                            "Release grains that nobody needs, or raise it: staddle config set "
                                    + limit
                                    + "=N.");
            case InvalidConfig(var key, var expected, var found) ->
                    report(
                            "INVALID_CONFIG",
                            key + " must be " + expected + ", but is \"" + found + "\"",
                            "See `config get` for all settings and their ranges.");
            case UnsupportedLevel(var asked, var current, var newest) ->
                    report(
                            "UNSUPPORTED_LEVEL",
                            "feature level %s was asked for, %s is in force, %s is the newest"
                                    .formatted(asked, current, newest),
                            "Upgrade all servers, then raise the level: staddle config"
                                    + " raise-level.");
            case Forbidden(var actor, var needs) ->
                    report(
                            "FORBIDDEN",
                            "\"%s\" may not do this: it needs the role %s".formatted(actor, needs),
                            "Ask an administrator: staddle access grant NAME --role ROLE.");
            case Unrecognised(var code, var remedy, var message, var next) ->
                    new RefusalText(code, remedy, message, next);
            case ServerReplaced(var server, var known, var found) ->
                    report(
                            "SERVER_REPLACED",
                            "server \"%s\" is known with data %s, but came with %s"
                                    .formatted(server, known, found),
                            "Its disk was wiped or swapped: bring the old one back, or replace"
                                    + " it.");
        };
    }

    private static RefusalText report(String code, String message, String next) {
        return new RefusalText(code, Remedy.REPORT, message, next);
    }

    /// The refusals that carry the record of a grain.
    private static final class GrainRefusals {
        private static RefusalText of(Refusal.OfGrain refusal) {
            return switch (refusal) {
                case OwnedByOther(var current) ->
                        readAgain(
                                "OWNED_BY_OTHER",
                                OwnershipWords.of(current),
                                "Forward to the owner, or wait until it lets go.");
                case StaleEpoch(var seen, var current) ->
                        new RefusalText(
                                "STALE_EPOCH",
                                Remedy.STOP_ACTING,
                                "epoch %s is not valid: %s"
                                        .formatted(seen, OwnershipWords.of(current)),
                                "Stop acting as an owner; look the grain up again.");
                case EpochJump(var seen, var current, var max) ->
                        report(
                                "EPOCH_JUMP",
                                "epoch %s is more than %s above the current one: %s"
                                        .formatted(seen, max, OwnershipWords.of(current)),
                                "Claim an epoch that follows the current one.");
                case EpochExhausted(var current) ->
                        report(
                                "EPOCH_EXHAUSTED",
                                "there is no epoch after the current one: "
                                        + OwnershipWords.of(current),
                                "Use another key: this grain can change its owner no more.");
                case OwnerAlive(var current) ->
                        report(
                                "OWNER_ALIVE",
                                "the owner has not failed: " + OwnershipWords.of(current),
                                "Let the owner hand over, or fail its cluster over.");
                case CasConflict(var current) ->
                        readAgain(
                                "CAS_CONFLICT",
                                "the grain is not owned as last seen: "
                                        + OwnershipWords.of(current),
                                "Look it up again and decide anew.");
                case NotOwner(var current) ->
                        new RefusalText(
                                "NOT_OWNER",
                                Remedy.STOP_ACTING,
                                "the caller does not own it: " + OwnershipWords.of(current),
                                "Stop acting as an owner.");
            };
        }

        private static RefusalText readAgain(String code, String message, String next) {
            return new RefusalText(code, Remedy.READ_AGAIN, message, next);
        }
    }
}
