package io.staddle.api.command;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GhostVerdict;

import java.util.List;

/// Commands about ghosts, and about what is left of migrations that are over.
public sealed interface GhostCommand extends Command {
    /// Sets how many still need a ghost; at 0 it is gone. What is so already stays as it is.
    ///
    /// @param references 0 or more
    /// @param seenVersion the ghost's version last seen
    record AdjustGhost(VShardId vShard, NodeId source, long references, long seenVersion)
            implements GhostCommand {
        /// Refuses a negative number.
        public AdjustGhost {
            Checks.notNegative("references", references);
        }
    }

    /// Removes the ghosts that were found not to be needed. Those that have changed since they were
    /// looked at stay.
    ///
    /// @param verdicts 1 to 1,000
    record SweepGhosts(List<GhostVerdict> verdicts) implements GhostCommand {
        /// Copies the list, and refuses too many.
        public SweepGhosts {
            Checks.inRange("verdicts", verdicts.size(), 1, 1_000);
            verdicts = List.copyOf(verdicts);
        }
    }

    /// Forgets migrations that ended longer than `migration.retention-millis` ago, the oldest
    /// first. Only by the leader.
    ///
    /// @param max how many, 1 to 10,000
    record CleanupMigrations(int max) implements GhostCommand {
        /// Refuses a number out of range.
        public CleanupMigrations {
            Checks.inRange("max", max, 1, 10_000);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }
}
