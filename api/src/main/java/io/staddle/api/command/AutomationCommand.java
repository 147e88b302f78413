package io.staddle.api.command;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Reach;

/// Commands about what happens by itself: failovers after silence or draining, and readmissions.
public sealed interface AutomationCommand extends Command {
    /// Lets nothing happen by itself until [Resume]. What is paused already stays as it is, with
    /// its first reason.
    ///
    /// @param reason why; 1 to 512 characters
    record Pause(Reach reach, String reason) implements AutomationCommand {
        /// Refuses a reason that is none.
        public Pause {
            Checks.inRange("length of reason", reason.length(), 1, 512);
        }
    }

    /// Ends a pause. What was paused for single clusters stays so when it is resumed for all.
    record Resume(Reach reach) implements AutomationCommand {}

    /// Notes what holds the failover of a cluster back now, each thing once while the cluster stays
    /// in its state. Only by the leader.
    record NoteFailoverBlocked(ClusterId cluster) implements AutomationCommand {
        @Override
        public boolean isOfLeader() {
            return true;
        }
    }
}
