package io.staddle.statemachine.clusters;

import io.staddle.api.model.ClusterRecord;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// How far the failover of each cluster of a state has got.
public final class FailoverPhases {
    private final Reads view;
    private final Candidates candidates;
    private final long nowMillis;

    /// @param nowMillis the time that deadlines are counted from
    public FailoverPhases(Reads view, long nowMillis) {
        this.view = view;
        this.nowMillis = nowMillis;
        candidates = Candidates.of(view);
    }

    /// Returns how far the failover of a cluster has got.
    ///
    /// @param strandedGrains how many grains have no owner since it failed
    public FailoverPhase of(ClusterRecord cluster, long strandedGrains) {
        return cluster.fencing()
                .openFailover()
                .<FailoverPhase>map(open ->
                        strandedGrains == 0
                                ? new FailoverPhase.Promoted(open)
                                : new FailoverPhase.PromotedPartial(open, strandedGrains))
                .orElseGet(() -> beforeFailover(cluster));
    }

    /// Tells whether it is time to fail a cluster over, whatever holds that back. It costs little.
    public boolean isDue(ClusterRecord cluster) {
        return FailoverCase.due(cluster, candidates, nowMillis).isPresent();
    }

    private FailoverPhase beforeFailover(ClusterRecord cluster) {
        Optional<FailoverCase> wanted = FailoverCase.automatic(cluster, candidates);
        if (wanted.isEmpty()) {
            return new FailoverPhase.Monitoring();
        }
        long left = wanted.get().leftMillis(nowMillis);
        List<Refusal> heldBy =
                FailoverGuards.heldBy(wanted.get(), view, nowMillis).stream()
                        .filter(why -> !(why instanceof Refusal.GraceNotElapsed))
                        .toList();
        return left > 0
                ? new FailoverPhase.Unreachable(wanted.get().deadlineMillis(), left, heldBy)
                : new FailoverPhase.Promoting(heldBy);
    }
}
