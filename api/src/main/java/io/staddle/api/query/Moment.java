package io.staddle.api.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.VShardId;

import java.time.Instant;

/// A state of the past, told by what one knows of it.
public sealed interface Moment {
    /// Right after the command of that revision. With the ordinal [Integer#MAX_VALUE]: after the
    /// whole entry.
    record AtRevision(Revision revision) implements Moment {
        @Override
        public String toString() {
            boolean whole = revision.ordinal() == Integer.MAX_VALUE;
            return "revision " + (whole ? "" + revision.index() : revision.toString());
        }
    }

    /// The last state of that logical time or before. A time after the newest change is the
    /// present, which may still change.
    ///
    /// @param millis since 1970
    record AtTime(long millis) implements Moment {
        @Override
        public String toString() {
            return "time " + Instant.ofEpochMilli(millis);
        }
    }

    /// The last state in which a grain was in that epoch.
    record AtEpoch(GrainId grain, Epoch epoch) implements Moment {
        @Override
        public String toString() {
            return "epoch " + epoch + " of grain " + grain;
        }
    }

    /// The last state in which a cluster was behind that fence.
    record AtFence(ClusterId cluster, Fence fence) implements Moment {
        @Override
        public String toString() {
            return "fence " + fence + " of cluster " + cluster;
        }
    }

    /// The last state in which a vShard was in that epoch.
    record AtVShardEpoch(VShardId vShard, Epoch epoch) implements Moment {
        @Override
        public String toString() {
            return "epoch " + epoch + " of vShard " + vShard;
        }
    }

    /// Returns the state after all commands of the entry at `index`.
    static Moment afterEntry(long index) {
        return new AtRevision(new Revision(index, Integer.MAX_VALUE));
    }
}
