package io.staddle.api.command;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.Suspicion;

import java.util.List;

/// Commands about the health of clusters. Beats are soft state of the leader: it logs those that
/// bring news, and what follows from silence.
public sealed interface HealthCommand extends Command {
    /// Notes beats that bring news. Only by the leader. Those of unknown clusters, of earlier
    /// incarnations, and without news change nothing.
    ///
    /// @param beats 1 to 10,000, one a cluster
    record RecordBeats(List<Beat> beats) implements HealthCommand {
        /// Copies the list, and refuses two beats of one cluster.
        public RecordBeats {
            Checks.inRange("beats", beats.size(), 1, 10_000);
            long clusters = beats.stream().map(Beat::cluster).distinct().count();
            Checks.inRange("clusters of beats", clusters, beats.size(), beats.size());
            beats = List.copyOf(beats);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Takes a silent cluster for out of reach: it becomes SUSPECT, or FAILED again if its failover
    /// is open. Only by the leader. A cluster that is so already stays as it is.
    ///
    /// Refused with `SILENCE_TOO_SHORT` if the cluster was heard within
    /// `health.suspect-after-millis`.
    ///
    /// @param seenVersion the record's version last seen
    record MarkSuspect(ClusterId cluster, long seenVersion, Suspicion suspicion)
            implements HealthCommand {
        /// Refuses evidence that is too long to be kept.
        public MarkSuspect {
            Checks.inRange("observations", suspicion.observations().size(), 0, 100);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Says that a cluster leaves: it gets nothing new, and is failed over without a grace period.
    ///
    /// @param seenVersion the record's version last seen
    record Drain(ClusterId cluster, long seenVersion) implements HealthCommand {}

    /// Takes a cluster that was demoted and has recovered back in, and closes its failover. Grains
    /// that are stranded since then fall back to it.
    ///
    /// @param failover the failover that is open
    /// @param by who wants it; what is automatic can be paused
    record Readmit(ClusterId cluster, MoveId failover, Initiative by) implements HealthCommand {
        @Override
        public boolean isOfLeader() {
            return by == Initiative.AUTOMATIC;
        }
    }
}
