package io.staddle.api.model;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;

import java.util.Optional;

/// What undoes one effect of a migration. Each does nothing if it is not needed any more.
public sealed interface Compensation {
    /// A node leaves a group that it only learned in.
    record RemoveLearner(GroupId group, NodeId node) implements Compensation {}

    /// A node leaves a group that it votes in.
    record RemoveVoter(GroupId group, NodeId node) implements Compensation {}

    /// A voter becomes the learner that it was.
    record DemoteToLearner(GroupId group, NodeId node) implements Compensation {}

    /// Who led a group before is to lead it again.
    ///
    /// @param leader empty if nobody was known to
    record RestoreLeader(GroupId group, Optional<NodeId> leader) implements Compensation {}

    /// Writes are open again.
    record ResumeWrites(VShardId vShard) implements Compensation {}
}
