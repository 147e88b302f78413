package io.staddle.client.conformance;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Serving;

import java.util.List;

/// A data plane that was just set up for one test: a group of voters, among them `source` and
/// `voter`, that replicates two vShards, both served by `source` in the first epoch; and a node
/// `target` outside of the group. No number was seen of any vShard.
public interface DataPlaneUnderTest extends AutoCloseable {
    /// The group.
    GroupId group();

    /// The vShard that moves.
    VShardId vShard();

    /// Another vShard of the group.
    VShardId otherVShard();

    /// Who serves both vShards, and votes.
    NodeId source();

    /// Who votes, too.
    NodeId voter();

    /// Who is not in the group.
    NodeId target();

    /// Returns the data plane of a node.
    MigrationDataPlane at(NodeId node);

    /// Returns who is in the group, as whoever leads it knows; waits for a leader.
    Members members();

    /// Returns who leads the group; waits for a leader.
    NodeId leader();

    /// Has another node lead the group, whichever.
    void changeLeader();

    /// Writes a value to a vShard, through a node that takes itself for its holder in an epoch.
    /// Returns whether the write took effect; false only if it surely never does. Waits for a
    /// leader.
    boolean write(VShardId vShard, Serving as, String value);

    /// Returns what was written to a vShard, in that order, as far as a node knows; empty if it is
    /// not in the group.
    List<String> written(VShardId vShard, NodeId at);

    /// Lets go of everything that is of this test.
    @Override
    void close();
}
