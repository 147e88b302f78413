package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.machine.Naive.Moved;

import java.util.Optional;

/// The health of clusters, state by state.
final class NaiveHealth {
    private final Naive all;

    NaiveHealth(Naive all) {
        this.all = all;
    }

    String apply(HealthCommand command) {
        return switch (command) {
            case HealthCommand.RecordBeats c -> {
                boolean news = false;
                for (Beat beat : c.beats()) {
                    NaiveCluster cluster = all.clusters.get(beat.cluster());
                    if (cluster != null && beat.incarnation() >= cluster.incarnation) {
                        news |= beat(beat, cluster);
                    }
                }
                if (news) {
                    all.settle();
                }
                yield DONE;
            }
            case HealthCommand.MarkSuspect c -> mark(c);
            case HealthCommand.Drain c -> drain(c);
            case HealthCommand.Readmit c -> readmit(c);
        };
    }

    private boolean beat(Beat beat, NaiveCluster cluster) {
        long seen = Math.min(beat.seenAtMillis(), all.now);
        boolean fresh = seen > cluster.heard;
        boolean acks =
                beat.ackedFence().value() > cluster.acked
                        && beat.ackedFence().value() <= cluster.fence;
        ClusterState next = cluster.state;
        int beats = cluster.beats;
        if (fresh) {
            switch (cluster.state) {
                case UNKNOWN -> next = ClusterState.HEALTHY;
                case SUSPECT, FAILED -> next = ClusterState.RECOVERING;
                case RECOVERING -> {
                    if (!cluster.isFenced()) {
                        beats++;
                        next =
                                beats >= all.setting(Setting.RECOVER_BEATS)
                                        ? ClusterState.HEALTHY
                                        : next;
                    }
                }
                case HEALTHY, DRAINING -> {
                    // Nothing to count.
                }
            }
        }
        long max = all.setting(Setting.LAG_MILLIS_MAX);
        boolean lagMatters =
                fresh && (beat.lagMillis().orElse(0) > max) != (cluster.lag.orElse(0) > max);
        boolean news =
                next != cluster.state
                        || beats != cluster.beats
                        || acks
                        || lagMatters
                        || beat.incarnation() > cluster.incarnation;
        if (news) {
            cluster.incarnation = beat.incarnation();
            cluster.lag = fresh ? beat.lagMillis() : cluster.lag;
            cluster.heard = Math.max(cluster.heard, seen);
            cluster.beats = beats;
            cluster.acked = acks ? beat.ackedFence().value() : cluster.acked;
            if (next != cluster.state) {
                cluster.in(next, all.now);
            }
        }
        return news;
    }

    private String mark(HealthCommand.MarkSuspect c) {
        NaiveCluster cluster = all.clusters.get(c.cluster());
        if (cluster == null) {
            return "NOT_FOUND";
        }
        if (cluster.state == ClusterState.SUSPECT || cluster.state == ClusterState.FAILED) {
            return DONE;
        }
        if (cluster.version != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        if (cluster.state == ClusterState.DRAINING) {
            return "ILLEGAL_TRANSITION";
        }
        long last =
                Math.max(c.suspicion().lastSeenMillis(), Math.max(cluster.heard, cluster.since));
        if (all.now - last < all.setting(Setting.SUSPECT_AFTER_MILLIS)) {
            return "SILENCE_TOO_SHORT";
        }
        cluster.heard = Math.max(cluster.heard, c.suspicion().lastSeenMillis());
        cluster.in(cluster.isFenced() ? ClusterState.FAILED : ClusterState.SUSPECT, all.now);
        return DONE;
    }

    private String drain(HealthCommand.Drain c) {
        NaiveCluster cluster = all.clusters.get(c.cluster());
        if (cluster == null) {
            return "NOT_FOUND";
        }
        if (cluster.state == ClusterState.DRAINING) {
            return DONE;
        }
        if (cluster.version != c.seenVersion()) {
            return "VERSION_CONFLICT";
        }
        if (cluster.isFenced() || cluster.state == ClusterState.UNKNOWN) {
            return "ILLEGAL_TRANSITION";
        }
        cluster.in(ClusterState.DRAINING, all.now);
        return DONE;
    }

    private String readmit(HealthCommand.Readmit c) {
        NaiveCluster cluster = all.clusters.get(c.cluster());
        if (cluster == null) {
            return "NOT_FOUND";
        }
        if (!cluster.failover.equals(Optional.of(c.failover()))) {
            Moved failover = new Moved(c.cluster(), MoveKind.FAILOVER);
            return failover.equals(all.moves.get(c.failover())) ? DONE : "NOT_FOUND";
        }
        if (cluster.state != ClusterState.RECOVERING) {
            return "ILLEGAL_TRANSITION";
        }
        if (c.by() == Initiative.AUTOMATIC && (all.paused || cluster.paused)) {
            return "AUTOMATION_PAUSED";
        }
        boolean restarted =
                cluster.drainedAs.isEmpty() || cluster.incarnation > cluster.drainedAs.getAsLong();
        if (c.by() == Initiative.AUTOMATIC && !restarted) {
            return "NOT_RESTARTED";
        }
        if (!all.replay.waiting(c.cluster()).isEmpty()) {
            return "REPLAY_PENDING";
        }
        if (cluster.acked != cluster.fence) {
            return "FENCE_NOT_ACKED";
        }
        cluster.in(ClusterState.HEALTHY, all.now);
        cluster.failover = Optional.empty();
        cluster.version++;
        if (cluster.role != ClusterRole.SECONDARY) {
            cluster.as(ClusterRole.SECONDARY);
        }
        all.settle();
        return DONE;
    }
}
