package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;

import io.staddle.api.event.AccessEvent;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.event.StateCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.Obstacle;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Reach;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.RoleMove;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Events, refusals and ownerships in the few words of the row files.
final class Words {
    private Words() {}

    static String of(Refusal refusal) {
        String code = RefusalText.of(refusal).code();
        return switch (refusal) {
            case Refusal.OfGrain ofGrain -> code + " " + of(ofGrain.current());
            default -> code + " " + RefusalText.of(refusal).message();
        };
    }

    static String of(Ownership ownership) {
        String epoch = "@" + ownership.epoch();
        return switch (ownership) {
            case Ownership.Unowned _ -> "nobody" + epoch;
            case Ownership.Owned owned ->
                    owned.by() + epoch + " #" + owned.holding() + until(owned.leaseUntilMillis());
            case Ownership.Stranded stranded ->
                    "stranded " + stranded.formerOwner() + epoch + " #" + stranded.holding();
            case Ownership.Released released -> "released " + released.lastOwner() + epoch;
        };
    }

    static String of(Event event) {
        return switch (event) {
            case DirectoryEvent directory -> of(directory);
            case ClusterEvent cluster -> of(cluster);
            case ReplayEvent replay -> of(replay);
            case RoutingEvent routing -> RoutingWords.of(routing);
            case MigrationEvent migration -> MigrationWords.of(migration);
            case BarrierEvent barrier -> BarrierWords.of(barrier);
            case AdminEvent admin -> of(admin);
            case AccessEvent access -> of(access);
        };
    }

    private static String of(ReplayEvent event) {
        return switch (event) {
            case ReplayEvent.Queued(var target, var entries, _) ->
                    target + " queued " + entries.size();
            case ReplayEvent.Buffered(var target, var first) -> target + " buffered from " + first;
            case ReplayEvent.Appended(var target, var first, var last, var bytes) ->
                    target + " appended " + first + "-" + last + " b" + bytes;
            case ReplayEvent.Acknowledged(var target, var through, var n, var bytes, var by) ->
                    target + " acked " + through + " n" + n + " b" + bytes + " by " + by;
            case ReplayEvent.Replayed(var target, var n) -> target + " replayed n" + n;
            case ReplayEvent.Truncated(var target, var through, var n, var bytes, var why) ->
                    target + " truncated " + through + " n" + n + " b" + bytes + " " + why;
            case ReplayEvent.Settled(var target, var origin, var through) ->
                    target + " settled " + origin + "/" + through;
        };
    }

    static String of(ReplayQueue queue) {
        return "next %s acked %s n%s b%s"
                .formatted(queue.nextSeq(), queue.ackedSeq(), queue.entries(), queue.bytes());
    }

    static String of(ReplayOrigin origin) {
        String gaps =
                origin.gaps().stream()
                        .map(gap -> " lacks " + gap.from() + "-" + gap.to())
                        .collect(Collectors.joining());
        return origin.origin() + " to " + origin.highest() + " settled " + origin.settled() + gaps;
    }

    static String of(ReplayEntry entry) {
        ByteString value = entry.write().value();
        String text = value.size() > 20 ? "*" + value.size() : value.toStringUtf8();
        return entry.seq() + ":" + entry.write().id() + "=" + text;
    }

    private static String of(DirectoryEvent event) {
        return switch (event) {
            case DirectoryEvent.HoldingOpened(var id, var cluster, var fence, var type) ->
                    "open #" + id + " " + type + " " + cluster + " f" + fence;
            case DirectoryEvent.Granted e ->
                    e.grain()
                            + " "
                            + e.owner()
                            + "@"
                            + e.epoch()
                            + " #"
                            + e.holding()
                            + until(e.leaseUntilMillis());
            case DirectoryEvent.Released(var grain, var owner, var epoch, var cause) ->
                    grain + " " + lower(cause) + " by " + owner + "@" + epoch;
            case DirectoryEvent.LeaseRenewed(var grain, var epoch, var until) ->
                    grain + " renewed @" + epoch + until(until);
            case DirectoryEvent.LeaseForgotten(var grain, _) -> grain + " lease forgotten";
            case DirectoryEvent.HoldingMoved e ->
                    "#"
                            + e.holding()
                            + " "
                            + e.from()
                            + "->"
                            + of(e.to())
                            + " s"
                            + e.shift()
                            + " n"
                            + e.grains();
            case DirectoryEvent.HoldingClosed(var id) -> "close #" + id;
            case DirectoryEvent.PlacementSet(var placement) ->
                    "place "
                            + placement.type()
                            + " "
                            + placement.allowed()
                            + " v"
                            + placement.version();
            case DirectoryEvent.FloorRaised(var type, var epoch) -> "floor " + type + " @" + epoch;
            case DirectoryEvent.TombstonePurged(var grain, var epoch) ->
                    grain + " purged @" + epoch;
        };
    }

    private static String of(ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.Registered(var cluster) -> "registered " + of(cluster);
            case ClusterEvent.Updated(var cluster) -> "updated " + of(cluster);
            case ClusterEvent.Removed(var cluster, var fence) ->
                    "removed " + cluster + " f" + fence;
            case ClusterEvent.StateChanged(var cluster, var from, var to, var cause) ->
                    cluster + " " + from + "->" + to + of(cause);
            case ClusterEvent.Heard(var beat) -> beat.cluster() + " heard";
            case ClusterEvent.Fenced(var cluster, var fence, _) -> cluster + " fenced f" + fence;
            case ClusterEvent.Readmitted(var cluster, var failover) ->
                    cluster + " readmitted " + failover;
            case ClusterEvent.RoleChanged(var cluster, var from, var to) ->
                    cluster + " " + from + "->" + to;
            case ClusterEvent.PrimacyChanged(var primacy) -> of(primacy);
            case ClusterEvent.FailoverBlocked(var cluster, var blocker) ->
                    cluster + " blocked " + blocker;
            case ClusterEvent.AutomationPaused(var reach, var pause) ->
                    "paused " + of(reach) + ": " + pause.reason();
            case ClusterEvent.AutomationResumed(var reach) -> "resumed " + of(reach);
            case ClusterEvent.MoveRecorded(var move) -> of(move);
        };
    }

    private static String of(AccessEvent event) {
        return switch (event) {
            case AccessEvent.IdentityCreated(var identity) ->
                    "identity " + identity.name() + " " + identity.roles();
            case AccessEvent.RolesChanged(var identity) ->
                    "roles " + identity.name() + " " + identity.roles();
            case AccessEvent.IdentityRevoked(var name) -> "revoked " + name;
        };
    }

    private static String of(AdminEvent event) {
        return switch (event) {
            case AdminEvent.ConfigChanged(var changes, var version) ->
                    changes.entrySet().stream()
                                    .map(each -> each.getKey().key() + "=" + each.getValue())
                                    .collect(Collectors.joining(" "))
                            + " v"
                            + version;
            case AdminEvent.FeatureLevelRaised(var level) -> "level " + level;
            case AdminEvent.ServerAdmitted(var server, var incarnation) ->
                    "admitted " + server + " " + incarnation;
            case AdminEvent.MembersChanged(var changes, var members) ->
                    "members "
                            + changes.stream()
                                    .map(each -> each.server() + " " + each.kind() + " ")
                                    .collect(Collectors.joining())
                            + "of "
                            + members.size();
        };
    }

    /// Who saw what, of a silence; else nothing.
    private static String of(StateCause cause) {
        return switch (cause) {
            case StateCause.Silent(var suspicion) ->
                    suspicion.observations().stream()
                            .map(each ->
                                    (each.reachable() ? " seen by " : " missed by ")
                                            + each.observer())
                            .collect(Collectors.joining());
            case StateCause.Heard _,
                    StateCause.Drained _,
                    StateCause.FailedOver _,
                    StateCause.Readmitted _ ->
                    "";
        };
    }

    private static String of(Reach reach) {
        return switch (reach) {
            case Reach.AllClusters _ -> "all";
            case Reach.OneCluster(var cluster) -> cluster.value();
        };
    }

    static String of(Primacy primacy) {
        return "primary "
                + primacy.primary().map(ClusterId::value).orElse("nobody")
                + " e"
                + primacy.epoch();
    }

    static String of(FailoverPhase phase) {
        return switch (phase) {
            case FailoverPhase.Monitoring _ -> "monitoring";
            case FailoverPhase.Unreachable(_, var left, var heldBy) ->
                    "unreachable left " + left + codes(heldBy);
            case FailoverPhase.Promoting(var heldBy) -> "promoting" + codes(heldBy);
            case FailoverPhase.Promoted(var failover) -> "promoted " + failover;
            case FailoverPhase.PromotedPartial(var failover, var stranded) ->
                    "promoted " + failover + " stranded " + stranded;
        };
    }

    /// A plan without its id, which is a hash.
    static String of(MovePlan plan) {
        String holdings =
                plan.move().holdings().stream()
                        .map(each ->
                                " #"
                                        + each.holding()
                                        + "->"
                                        + of(each.fate())
                                        + " n"
                                        + each.grains())
                        .collect(Collectors.joining());
        String role = plan.move().demotion().map(demotion -> " " + of(demotion.role())).orElse("");
        String backlogs =
                plan.backlogs().stream()
                        .map(each -> " backlog " + each.cluster() + " " + each.entries())
                        .collect(Collectors.joining());
        return "planned" + holdings + role + backlogs + codes(plan.heldBy());
    }

    private static String of(Fate fate) {
        return switch (fate) {
            case Fate.To(var owner) -> owner.value();
            case Fate.Stranded(var why) -> "nobody (" + of(why) + ")";
            case Fate.Kept(var why) -> "itself (" + of(why) + ")";
        };
    }

    private static String of(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.NobodyFit(var allowed) -> "NOBODY_FIT of " + allowed;
            case Obstacle.NamedUnfit(var named, var why) -> named + " " + why;
            case Obstacle.NamedForbidden(var named, var allowed) ->
                    named + " FORBIDDEN by " + allowed;
        };
    }

    private static String of(RoleMove role) {
        return switch (role) {
            case RoleMove.Stayed _ -> "stayed";
            case RoleMove.Promoted(var to, var epoch) -> "primary " + to + " e" + epoch;
            case RoleMove.Vacated(var epoch) -> "primary nobody e" + epoch;
        };
    }

    private static String codes(List<Refusal> heldBy) {
        return heldBy.stream()
                .map(why -> " held by " + RefusalText.of(why).code())
                .collect(Collectors.joining());
    }

    static String of(ClusterRecord cluster) {
        return cluster.id()
                + " "
                + cluster.state()
                + " f"
                + cluster.fence()
                + " v"
                + cluster.version()
                + (cluster.role() == ClusterRole.SECONDARY ? "" : " " + cluster.role())
                + (cluster.isFenced() ? " acked f" + cluster.fencing().acked() : "")
                + cluster.pause().map(pause -> " paused " + pause.reason()).orElse("")
                + (cluster.profile().endpoint().isEmpty()
                        ? ""
                        : " at " + cluster.profile().endpoint());
    }

    static String of(Move move) {
        long kept =
                move.holdings().stream().filter(each -> each.fate() instanceof Fate.Kept).count();
        return "%s %s %s moved %s stranded %s kept %s"
                .formatted(
                        lower(move.kind()),
                        move.id(),
                        move.cluster(),
                        move.grainsMoved(),
                        move.grainsStranded(),
                        kept);
    }

    private static String of(Holder holder) {
        return switch (holder) {
            case Holder.Owner(var owner) -> owner.value();
            case Holder.Stranded _ -> "nobody";
        };
    }

    private static String until(long millis) {
        return millis == 0 ? "" : " until " + (millis - 1_000_000);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
