package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GrainId;

import java.util.Optional;

/// A grain that was granted to the cluster of a [ClusterAgent], for as long as the agent knows no
/// better. Safe for many threads; it costs a look at the clock.
///
/// It is not usable from the moment that the agent is fenced, and never again: after that the grain
/// has to be acquired anew. What the agent does not know yet, such as a failover by an operator a
/// moment ago, the handle does not know either: that is what stores check the token for.
public final class GrainHandle {
    private final AgentState state;
    private final Answer.Grant grant;
    private final long tenure;

    GrainHandle(AgentState state, Answer.Grant grant, long tenure) {
        this.state = state;
        this.grant = grant;
        this.tenure = tenure;
    }

    /// Returns the grain.
    public GrainId grain() {
        return grant.grain();
    }

    /// Tells whether the cluster may still act as the owner.
    public boolean isUsable() {
        return state.isUsable(tenure, grant.fence());
    }

    /// Returns what to show to a store with the next write; empty if the cluster may not write any
    /// more. Ask anew for each write.
    public Optional<GrainToken> token() {
        return isUsable()
                ? Optional.of(
                        new GrainToken(
                                grant.grain(),
                                grant.owner(),
                                grant.epoch(),
                                grant.fence(),
                                grant.since()))
                : Optional.empty();
    }

    /// Returns what to ask a fence check or a release with.
    public Held held() {
        return Held.by(grant);
    }
}
