package io.staddle.api.answer;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.Revision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Identity;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Move;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Reach;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.WriteFate;

import java.util.List;
import java.util.Optional;

/// What an accepted command brought about; the same if the command is repeated.
public sealed interface Answer {
    /// The proof of ownership that a holder shows to whatever it writes to.
    ///
    /// @param since when the grain got this owner
    /// @param leaseUntilMillis logical time; 0 for no lease
    record Grant(
            GrainId grain,
            ClusterId owner,
            Epoch epoch,
            Fence fence,
            Revision since,
            long leaseUntilMillis)
            implements Answer {}

    /// A grain was let go of.
    record Released(GrainId grain, Epoch epoch) implements Answer {}

    /// Grains of a type that are not known begin above an epoch.
    record Floor(GrainType type, Epoch epoch) implements Answer {}

    /// A cluster as it is now.
    record Cluster(ClusterRecord cluster) implements Answer {}

    /// A placement as it is now.
    record Placed(Placement placement) implements Answer {}

    /// A move as it was carried out.
    record Moved(Move move) implements Answer {}

    /// The configuration as it is now.
    record Configured(Config config) implements Answer {}

    /// Things were removed.
    ///
    /// @param what what they are, in the plural
    record Removed(String what, long count) implements Answer {}

    /// Writes were appended to a replay queue. Repeated, it says that they are known.
    ///
    /// @param fates one a write, in their order
    record Appended(ClusterId target, List<WriteFate> fates) implements Answer {
        /// Copies the list.
        public Appended {
            fates = List.copyOf(fates);
        }
    }

    /// A replay queue as it is now.
    record Queue(ReplayQueue queue) implements Answer {}

    /// What a replay queue knows of an origin now.
    record Settled(ClusterId target, ReplayOrigin origin) implements Answer {}

    /// A data node as it is now.
    record Node(NodeRecord node) implements Answer {}

    /// How routing was initialised.
    record Routing(RoutingLayout layout) implements Answer {}

    /// A group as it is now.
    record Group(GroupRecord group) implements Answer {}

    /// A vShard as it is now.
    record VShard(VShardRecord vShard) implements Answer {}

    /// A migration as it is now.
    record Migration(MigrationRecord migration) implements Answer {}

    /// Migrations as they are now, by vShard.
    record Migrations(List<MigrationRecord> migrations) implements Answer {
        /// Copies the list.
        public Migrations {
            migrations = List.copyOf(migrations);
        }
    }

    /// A ghost as it is now.
    record GhostStub(Ghost ghost) implements Answer {}

    /// A scope of barriers as it is now.
    record Scope(BarrierScope scope) implements Answer {}

    /// Who coordinates a scope now, and with which token.
    ///
    /// @param untilMillis until when nobody else can, in logical time
    record Coordination(BarrierScope scope, long untilMillis) implements Answer {}

    /// A barrier as it is now.
    record Barrier(BarrierRecord barrier) implements Answer {}

    /// Who is the primary now.
    record Primary(Primacy primacy) implements Answer {}

    /// Whether things happen by themselves.
    ///
    /// @param pause empty if they do
    record Automation(Reach reach, Optional<Pause> pause) implements Answer {}

    /// Taken note of; there is nothing to tell.
    record Noted() implements Answer {}

    /// Somebody who may do something, as they are now.
    record Access(Identity identity) implements Answer {}

    /// A server is known.
    record Admitted(ServerRecord server) implements Answer {}
}
