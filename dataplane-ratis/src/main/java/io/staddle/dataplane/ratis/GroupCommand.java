package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.client.migration.Serving;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

import java.util.List;

/// What stands in the log of a group. Each is decided when it is applied, on every replica alike.
sealed interface GroupCommand {
    /// Writes, if the vShard is served by that node in that epoch, and not paused.
    record Write(VShardId vShard, Serving as, ByteString payload) implements GroupCommand {}

    /// Writes, each for itself.
    record Writes(List<Write> each) implements GroupCommand {
        /// Copies the list.
        public Writes {
            each = List.copyOf(each);
        }
    }

    /// Lets a node serve a vShard, if the epoch is higher than before.
    record Serve(VShardId vShard, Serving serving) implements GroupCommand {}

    /// A call of an attempt to move a vShard.
    record Step(Kind kind, Attempt attempt) implements GroupCommand {}

    /// Lets writes of the vShard take effect again.
    record Resume(Attempt attempt, Serving serving) implements GroupCommand {}

    /// Has a node be in the group no more: once for each version of a removal.
    record Leave(NodeId node, long configVersion) implements GroupCommand {}

    /// Takes the members that the group was made with for those that it is to have. Once.
    record Adopt(Configuration members) implements GroupCommand {}

    /// Says what Ratis has put into effect. It counts only in the term of who saw it.
    ///
    /// @param term of the leader that looked
    /// @param version of the members that the group was to have when it looked, while no change was
    ///     under way
    record Observe(long term, long version, Configuration seen) implements GroupCommand {}

    /// What a step is to bring about. The names are format.
    enum Kind {
        /// The target learns.
        ADD_LEARNER,
        /// The target votes.
        PROMOTE,
        /// Writes are paused.
        PAUSE,
        /// The target leads.
        LEAD,
        /// The target is what it was before.
        REMOVE,
        /// The attempt is over, and all before it.
        FENCE
    }
}
