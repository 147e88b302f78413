package io.staddle.api.command;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;

import java.util.Comparator;
import java.util.List;

/// Commands about barriers: two-phase checkpoints of the participants of a scope.
public sealed interface BarrierCommand extends Command {
    /// Creates a scope, or changes how its next barriers are.
    ///
    /// @param solo whether barriers without participants may be begun
    /// @param seenVersion the scope's version last seen; 0 for one that there is not
    record ConfigureScope(ScopeId scope, WatermarkPolicy policy, boolean solo, long seenVersion)
            implements BarrierCommand {
        /// Refuses a negative version.
        public ConfigureScope {
            Checks.notNegative("seen version", seenVersion);
        }
    }

    /// Makes a node the coordinator of a scope, or lets it go on. The scope is created if there is
    /// none.
    ///
    /// Refused with `HELD` while another one has the lease. A higher incarnation of the node that
    /// has it gets it at once, and a new token.
    ///
    /// @param incarnation which life of the node; 1 or more, higher after each restart
    /// @param leaseMillis for how long nobody else can; up to an hour, 0 for
    ///     `barrier.lease-millis`
    record AcquireCoordinator(ScopeId scope, NodeId node, long incarnation, long leaseMillis)
            implements BarrierCommand {
        private static final long LEASE_MAX = 3_600_000;

        /// Refuses a lease out of range.
        public AcquireCoordinator {
            Checks.positive("incarnation", incarnation);
            Checks.inRange("lease millis", leaseMillis, 0, LEASE_MAX);
        }
    }

    /// Leaves a scope to the next coordinator, who need not wait for the end of the lease.
    record ReleaseCoordinator(ScopeId scope, Token token) implements BarrierCommand {}

    /// Begins a barrier: its participants are to prepare, and vote.
    ///
    /// Begun again with the token and the checkpoint of the newest barrier it is that one.
    ///
    /// @param checkpoint another one for each barrier
    /// @param participants up to [#PARTICIPANTS_MAX] different nodes, none of which has voted
    /// @param timeoutMillis how long it may take, up to a day; 0 for `barrier.timeout-millis`
    /// @param epoch 0 for the next one; else one above all that were given
    record BeginBarrier(
            ScopeId scope,
            Token token,
            CheckpointId checkpoint,
            List<Participation> participants,
            long timeoutMillis,
            long epoch)
            implements BarrierCommand {
        /// How many participants a barrier may have.
        public static final int PARTICIPANTS_MAX = 1_000;

        private static final long TIMEOUT_MAX = 86_400_000;

        /// Copies the list, sorted, and refuses what can never be participants.
        public BeginBarrier {
            Checks.inRange("participants", participants.size(), 0, PARTICIPANTS_MAX);
            long different = participants.stream().map(Participation::node).distinct().count();
            Checks.expect(
                    different == participants.size(),
                    "participants",
                    "different nodes",
                    participants.stream().map(Participation::node).toList());
            Checks.expect(
                    participants.stream().allMatch(each -> each.ballot().isEmpty()),
                    "participants",
                    "without votes",
                    "one that has voted");
            participants.forEach(each -> Checks.positive("incarnation", each.incarnation()));
            Checks.inRange("timeout millis", timeoutMillis, 0, TIMEOUT_MAX);
            Checks.inRange("epoch", epoch, 0, BarrierId.EPOCH_MAX);
            participants =
                    participants.stream()
                            .sorted(Comparator.comparing(Participation::node))
                            .toList();
        }
    }

    /// Says what a participant has to say to a barrier.
    ///
    /// That it is prepared counts once, and cannot be said otherwise later; that it failed aborts
    /// the barrier also after it said that it is prepared.
    ///
    /// @param incarnation which life of the node votes: a lower one than takes part is refused, a
    ///     higher one proves that the node has restarted, which aborts the barrier
    record AckBarrier(BarrierId barrier, NodeId node, long incarnation, Vote vote)
            implements BarrierCommand {
        /// Refuses what cannot be an incarnation.
        public AckBarrier {
            Checks.positive("incarnation", incarnation);
        }
    }

    /// Commits a barrier that is READY.
    record CommitBarrier(BarrierId barrier, Token token) implements BarrierCommand {}

    /// Aborts a barrier that is not decided.
    ///
    /// @param token the coordinator's; [Token#NONE] for an operator, who needs none
    /// @param reason 1 to 512 characters
    record AbortBarrier(BarrierId barrier, Token token, String reason) implements BarrierCommand {
        private static final int REASON_MAX = 512;

        /// Refuses an act without a reason.
        public AbortBarrier {
            Checks.expect(
                    !reason.isBlank() && reason.length() <= REASON_MAX,
                    "reason",
                    "1 to " + REASON_MAX + " characters",
                    reason);
        }
    }

    /// Aborts barriers whose deadline has passed, and those that wait for a data node that is
    /// silent or has restarted. Only by the leader.
    ///
    /// @param max how many, 1 to 10,000
    record ExpireBarriers(int max) implements BarrierCommand {
        /// Refuses a number out of range.
        public ExpireBarriers {
            Checks.inRange("max", max, 1, 10_000);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Forgets decided barriers that are older than `barrier.retention-millis` and are not among
    /// the newest `barrier.keep` of their scope. Only by the leader.
    ///
    /// @param max how many, 1 to 10,000
    record PruneBarriers(int max) implements BarrierCommand {
        /// Refuses a number out of range.
        public PruneBarriers {
            Checks.inRange("max", max, 1, 10_000);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }
}
