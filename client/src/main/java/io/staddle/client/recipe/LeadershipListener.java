package io.staddle.client.recipe;

import io.staddle.client.GrainHandle;

/// What a cluster does when it becomes the leader, and when it is not any more. Both are called one
/// after the other, on a thread that may be held up.
public interface LeadershipListener {
    /// The cluster leads. Ask the handle for its token with each write.
    void elected(GrainHandle office);

    /// The cluster does not lead any more; it returns when all that led has stopped. What the fence
    /// of the whole cluster waits for is [io.staddle.client.ClusterAgentListener#fenced], not this.
    void revoked();
}
