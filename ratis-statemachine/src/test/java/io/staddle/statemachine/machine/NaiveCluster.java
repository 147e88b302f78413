package io.staddle.statemachine.machine;

import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverBlocker;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A cluster as [Naive] has it: fields that are set.
final class NaiveCluster {
    ClusterProfile profile;
    ClusterState state;
    ClusterRole role = ClusterRole.SECONDARY;
    long since;
    long heard;
    int beats;
    long incarnation;
    OptionalLong lag = OptionalLong.empty();
    long fence;
    long acked;
    Optional<MoveId> failover = Optional.empty();

    /// Whether the open failover is of a cluster that drained, and of which incarnation.
    OptionalLong drainedAs = OptionalLong.empty();

    boolean paused;
    Set<FailoverBlocker> noted = EnumSet.noneOf(FailoverBlocker.class);
    long version = 1;

    NaiveCluster(ClusterProfile profile, ClusterState state, long fence, long now) {
        this.profile = profile;
        this.state = state;
        this.fence = fence;
        acked = fence;
        since = now;
        heard = state == ClusterState.HEALTHY ? now : 0;
    }

    void in(ClusterState next, long now) {
        state = next;
        since = now;
        beats = 0;
        noted.clear();
        version++;
    }

    void as(ClusterRole next) {
        role = next;
        version++;
    }

    boolean isFenced() {
        return failover.isPresent();
    }

    @Override
    public String toString() {
        return state
                + " "
                + role
                + " f"
                + fence
                + " acked f"
                + acked
                + " v"
                + version
                + " "
                + failover;
    }
}
