package io.staddle.api.refusal;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Unfitness;

import java.util.List;
import java.util.Optional;

/// An ordinary negative answer: a value, never an exception. It changed nothing, is the same on
/// every server, and carries what the caller needs next.
///
/// [RefusalText] has the code, the remedy and the words of each; `docs/refusals.md` a paragraph.
public sealed interface Refusal {

    /// A refusal that is about a grain and carries its current record.
    sealed interface OfGrain extends Refusal {
        /// Who owns the grain now.
        Ownership current();
    }

    /// A refusal about a replay queue.
    sealed interface OfReplay extends Refusal {}

    /// A field can never be right.
    record Malformed(String field, String expected, String found) implements Refusal {}

    /// There is no such thing.
    ///
    /// @param kind what was looked for, such as `cluster`
    record NotFound(String kind, String name) implements Refusal {}

    /// There is one already, and it differs.
    record AlreadyExists(String kind, String name, String difference) implements Refusal {}

    /// The record has changed since the caller saw it.
    record VersionConflict(String kind, String name, long seen, long current) implements Refusal {}

    /// The cluster was demoted: it may not own anything until it is readmitted.
    record ClusterFenced(ClusterId cluster, Fence fence, ClusterState state) implements Refusal {}

    /// The cluster leaves: it gets nothing new.
    record ClusterDraining(ClusterId cluster) implements Refusal {}

    /// The cluster may not own grains of this type.
    record PlacementForbidden(GrainType type, ClusterId cluster, List<ClusterId> allowed)
            implements Refusal {}

    /// Another cluster owns the grain.
    record OwnedByOther(Ownership current) implements OfGrain {}

    /// The grain has an epoch at or above the caller's.
    record StaleEpoch(Epoch seen, Ownership current) implements OfGrain {}

    /// The claimed epoch is too far above the current one.
    record EpochJump(Epoch seen, Ownership current, long maxJump) implements OfGrain {}

    /// The grain has had its last epoch.
    record EpochExhausted(Ownership current) implements OfGrain {}

    /// The owner lives: nobody may take the grain from it.
    record OwnerAlive(Ownership current) implements OfGrain {}

    /// The grain is not owned as the caller last saw.
    record CasConflict(Ownership current) implements OfGrain {}

    /// The caller does not own the grain.
    record NotOwner(Ownership current) implements OfGrain {}

    /// The lease is longer than is allowed.
    record LeaseTooLong(long askedMillis, long maxMillis) implements Refusal {}

    /// The cluster cannot take over.
    record SuccessorIneligible(ClusterId cluster, Unfitness why) implements Refusal {}

    /// There is no way from one state to the other by this command.
    record IllegalTransition(String kind, String name, String from, String to) implements Refusal {}

    /// The cluster still owns grains.
    record OwnsGrains(ClusterId cluster, long grains) implements Refusal {}

    /// There are as many grains as there may be.
    ///
    /// @param limit the setting that says how many, such as `quota.grains-per-cluster`
    /// @param kind what it bounds the grains of: `cluster` or `type`
    record QuotaReached(String limit, String kind, String name, long used, long max)
            implements Refusal {}

    /// A refusal that is about health, roles or failover.
    sealed interface OfFailover extends Refusal {}

    /// The cluster was heard too short a time ago to be suspect.
    record SilenceTooShort(ClusterId cluster, long silentMillis, long neededMillis)
            implements OfFailover {}

    /// Too few other clusters say that they do not reach the cluster.
    record NotConfirmed(ClusterId cluster, long confirmed, long needed) implements OfFailover {}

    /// The cluster is not suspect for long enough.
    ///
    /// @param deadlineMillis when it will be, in logical time
    record GraceNotElapsed(ClusterId cluster, long deadlineMillis, long leftMillis)
            implements OfFailover {}

    /// So many clusters are suspect that Staddle itself is probably the one that is cut off.
    record MassSuspectHold(long suspects, long max) implements OfFailover {}

    /// An operator wants nothing to happen by itself.
    record AutomationPaused(Reach reach, Pause pause) implements OfFailover {}

    /// The cluster is the primary, and no other can become it.
    record NoEligibleSuccessor(ClusterId cluster) implements OfFailover {}

    /// The cluster is not readmitted since it was demoted.
    record FailoverOpen(ClusterId cluster, MoveId failover) implements OfFailover {}

    /// The cluster has not said that it obeys its fence.
    record FenceNotAcked(ClusterId cluster, Fence acked, Fence fence) implements OfFailover {}

    /// The cluster was drained, and did not restart since.
    ///
    /// @param incarnation which it still is; 0 if it never said
    record NotRestarted(ClusterId cluster, long incarnation) implements OfFailover {}

    /// The cluster is not the primary.
    ///
    /// @param primary who is; empty if nobody is
    record NotPrimary(ClusterId cluster, Optional<ClusterId> primary) implements OfFailover {}

    /// The cluster is the primary.
    record IsPrimary(ClusterId cluster) implements OfFailover {}

    /// What the plan looked at has changed.
    record PlanChanged(PlanId seen, PlanId current) implements OfFailover {}

    /// The leader that wanted this does not lead any more, or it was no leader that wanted it.
    ///
    /// @param seen the term that it was decided in; 0 if by no leader
    record StaleTerm(long seen, long current) implements OfFailover {}

    /// A refusal that is about data nodes, groups or vShards.
    sealed interface OfRouting extends Refusal {}

    /// Routing was initialised, and otherwise.
    record AlreadyInitialized(int vShards, int groups) implements OfRouting {}

    /// The node has lived on: this is of an earlier life, or of one that is not registered.
    record StaleIncarnation(NodeId node, long seen, long current) implements OfRouting {}

    /// The node takes part too little to be given anything.
    record NodeNotActive(NodeId node, NodeState state) implements OfRouting {}

    /// The node is needed by a group.
    record NodeInUse(NodeId node, GroupId group) implements OfRouting {}

    /// The node was taken out of the group, and the data plane has not confirmed that yet.
    record StillLeaving(NodeId node, GroupId group) implements OfRouting {}

    /// A group would have fewer voters than its replication factor.
    ///
    /// @param voters how many it would have
    record WouldViolateRf(NodeId node, GroupId group, long voters, long replicationFactor)
            implements OfRouting {}

    /// The node has left for good.
    record AlreadyDecommissioned(NodeId node) implements OfRouting {}

    /// The node is not the member of the group that it would have to be.
    record NotAMember(NodeId node, GroupId group) implements OfRouting {}

    /// The vShard was given to another leaseholder since the caller saw it.
    record EpochConflict(VShardId vShard, Epoch seen, Epoch current) implements OfRouting {}

    /// A refusal that is about migrations or ghosts.
    sealed interface OfMigration extends Refusal {}

    /// The node was not heard for too long to be given anything.
    record NodeSilent(NodeId node, long silentMillis, long maxMillis) implements OfMigration {}

    /// The node serves the vShard already.
    record SameNode(NodeId node) implements OfMigration {}

    /// Another migration stands in the way.
    record MigrationInProgress(MigrationId migration) implements OfMigration {}

    /// The data plane does not refuse yet what a migration may still send.
    record NotFenced(MigrationId migration) implements OfMigration {}

    /// As many migrations go on as are allowed.
    ///
    /// @param limit the setting that says how many, such as `migration.max-concurrent`
    record MigrationLimit(String limit, long used, long max) implements OfMigration {}

    /// The migration is over.
    record MigrationFinished(MigrationId migration, MigrationPhase phase) implements OfMigration {}

    /// The leader wants to give a migration up, and there is no reason to any more.
    record AbortNotDue(MigrationId migration, AbortCode code) implements OfMigration {}

    /// The payload is not as it was sent.
    record ChecksumMismatch(MigrationId migration, long said, long found) implements OfMigration {}

    /// The migration was tried as often as is allowed.
    record AttemptsExhausted(MigrationId migration, long attempt, long max)
            implements OfMigration {}

    /// There is no such ghost.
    record GhostNotFound(VShardId vShard, NodeId source) implements OfMigration {}

    /// A refusal of a step of a migration.
    sealed interface OfStep extends OfMigration {}

    /// The migration has taken another step since the caller saw it.
    ///
    /// @param phase where it is now
    /// @param current how many steps it has taken
    record PhaseConflict(MigrationId migration, MigrationPhase phase, long seen, long current)
            implements OfStep {}

    /// The target is too far behind.
    ///
    /// @param lag in entries; -1 if unknown
    record NotCaughtUp(MigrationId migration, long lag, long max) implements OfStep {}

    /// The progress was reported too long ago.
    record ProgressStale(MigrationId migration, long ageMillis, long maxMillis) implements OfStep {}

    /// The node has not put the membership into effect.
    record NotObserved(MigrationId migration, NodeId node, long observed, long needed)
            implements OfStep {}

    /// Writes would be paused, or are paused, for longer than is allowed.
    record PauseBudgetExceeded(MigrationId migration, long pauseMicros, long budgetMicros)
            implements OfStep {}

    /// The target serves the vShard: there is no way back.
    record CannotAbortAfterCutover(MigrationId migration) implements OfStep {}

    /// A refusal that is about barriers.
    sealed interface OfBarrier extends Refusal {}

    /// Another one coordinates the scope, or the same one in a later life.
    ///
    /// @param coordinator who does; empty if nobody ever did
    record StaleToken(ScopeId scope, Token seen, Token current, Optional<NodeId> coordinator)
            implements OfBarrier {}

    /// Another one coordinates the scope, and may go on.
    ///
    /// @param untilMillis until when, in logical time
    record Held(ScopeId scope, NodeId by, long untilMillis, long leftMillis) implements OfBarrier {}

    /// There are as many scopes as are allowed.
    record ScopeLimit(long used, long max) implements OfBarrier {}

    /// The barrier before is not decided.
    record BarrierInFlight(BarrierId barrier, BarrierStatus status) implements OfBarrier {}

    /// A barrier needs participants, unless its scope says otherwise.
    record NoParticipants(ScopeId scope) implements OfBarrier {}

    /// The node does not take part in the barrier.
    record NotParticipant(BarrierId barrier, NodeId node) implements OfBarrier {}

    /// The barrier was decided otherwise, or without this vote.
    ///
    /// @param status COMMITTED or ABORTED
    record BarrierDecided(BarrierId barrier, BarrierStatus status) implements OfBarrier {}

    /// The vote comes too late.
    record DeadlinePassed(BarrierId barrier, long deadlineMillis, long lateMillis)
            implements OfBarrier {}

    /// The node has said otherwise before.
    record AckConflict(BarrierId barrier, NodeId node) implements OfBarrier {}

    /// Not all participants are prepared.
    ///
    /// @param missing who is not, sorted
    record NotReady(BarrierId barrier, List<NodeId> missing) implements OfBarrier {
        /// Copies the list.
        public NotReady {
            missing = List.copyOf(missing);
        }
    }

    /// A refusal about a state of the past.
    sealed interface OfPast extends Refusal {}

    /// The state is from before history, or from before states were kept.
    ///
    /// @param asked the moment in words, such as `revision 17`
    /// @param oldest the first revision that can be asked for
    /// @param millis the logical time of `oldest`, in milliseconds since 1970
    record Trimmed(String asked, Revision oldest, long millis) implements OfPast {}

    /// The state is of the future.
    ///
    /// @param asked the moment in words, such as `revision 17`
    /// @param newest of the present
    /// @param millis the logical time of the present, in milliseconds since 1970
    record NotYet(String asked, Revision newest, long millis) implements OfPast {}

    /// A refusal about who is in the quorum, or what all of its servers know.
    sealed interface OfMembers extends Refusal {}

    /// The quorum could not go on with that, or not safely.
    ///
    /// @param server whom the change was about
    /// @param why in words
    /// @param next what to do first, in a sentence
    record UnsafeMembership(String server, String why, String next) implements OfMembers {}

    /// Not every server has the rules of a level.
    ///
    /// @param server one that has not
    /// @param asked the level
    /// @param newest the highest that it has; 0 if it does not say
    record ServerTooOld(String server, int asked, int newest) implements OfMembers {}

    /// A setting is unknown or its value out of range.
    record InvalidConfig(String key, String expected, String found) implements Refusal {}

    /// The server does not have the rules that were asked for.
    record UnsupportedLevel(int asked, int current, int newest) implements Refusal {}

    /// The server is known with another data directory: its disk was wiped or swapped.
    record ServerReplaced(String server, String known, String found) implements Refusal {}

    /// The caller may not do this.
    ///
    /// @param actor who the caller is to the server
    /// @param needs the least role that may
    record Forbidden(String actor, String needs) implements Refusal {}

    /// The new entries do not fit.
    ///
    /// @param limit the setting that says how much does, such as `replay.max-entries`
    /// @param used how much there is, in the unit of that setting
    record BufferFull(ClusterId target, String limit, long used, long max) implements OfReplay {}

    /// A value is longer than is allowed.
    ///
    /// @param what which one, such as `the value of eu/17`
    record TooLarge(String what, long bytes, long max) implements OfReplay {}

    /// An origin has left out too many numbers.
    ///
    /// @param missing the first number that it left out
    /// @param max how many gaps it may leave
    record TooManyGaps(ClusterId target, ClusterId origin, long missing, long max)
            implements OfReplay {}

    /// There is no such place.
    ///
    /// @param what what was asked for, such as `through seq`
    record OutOfRange(String what, long asked, long min, long max) implements OfReplay {}

    /// The cluster has not made up for what it missed.
    record ReplayPending(ClusterId cluster, long entries) implements OfReplay {}

    /// A refusal of a newer server, in its own words.
    ///
    /// Only clients meet it: no server refuses anything with it.
    record Unrecognised(String code, Remedy remedy, String message, String next)
            implements Refusal {}
}
