package io.staddle.client;

import io.staddle.api.id.Fence;

/// Told what becomes of a cluster by its [ClusterAgent], on a thread that is there for nothing
/// else, one call after the other. It may block: beats go on meanwhile.
public interface ClusterAgentListener {
    /// The cluster may act as an owner: at the beginning, after SUSPECT, and after FENCED.
    ///
    /// @param fence what it is behind; higher than before if it was demoted meanwhile
    default void healthy(Fence fence) {}

    /// The cluster may lose what it owns soon. See [Standing#SUSPECT].
    default void suspect() {}

    /// The cluster has to let go of all that it was granted, on all its members: none of its
    /// [GrainHandle]s is usable any more.
    ///
    /// Returns when nobody acts as an owner any more, and not before: by returning it acknowledges
    /// the fence, and only then can the cluster be readmitted. If it throws, it is called again.
    void fenced(FencedBecause why);

    /// The connection has changed.
    default void connection(ConnectionState state) {}
}
