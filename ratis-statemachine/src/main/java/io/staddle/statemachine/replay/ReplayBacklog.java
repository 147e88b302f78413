package io.staddle.statemachine.replay;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// How much a cluster has yet to make up for. Until that is nothing, it may not take part again.
public final class ReplayBacklog {
    private ReplayBacklog() {}

    /// Returns how many entries the cluster has not acknowledged.
    public static long of(ClusterId cluster, Reads view) {
        return view.get(Schema.REPLAY_QUEUES, cluster).map(ReplayQueue::entries).orElse(0L);
    }

    /// Says that the cluster has something to make up for; empty if it has not.
    public static Optional<Refusal> refusal(ClusterId cluster, Reads view) {
        long entries = of(cluster, view);
        return entries > 0
                ? Optional.of(new Refusal.ReplayPending(cluster, entries))
                : Optional.empty();
    }
}
