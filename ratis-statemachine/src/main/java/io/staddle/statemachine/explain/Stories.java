package io.staddle.statemachine.explain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Suspicion;
import io.staddle.api.query.Explanation;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.past.Changes;
import io.staddle.statemachine.past.UndoIndex;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import java.util.Optional;

/// Explains why things are as they are: from history, and by asking whoever decides.
public final class Stories {
    private final View view;
    private final long nowMillis;
    private final Changes changes;

    /// @param nowMillis the time that deadlines are counted from
    public Stories(View view, long nowMillis, UndoIndex index) {
        this.view = view;
        this.nowMillis = nowMillis;
        changes = new Changes(view, index);
    }

    /// Explains who owns a grain.
    public Explanation grain(GrainId grain) {
        return new GrainStory(grain, view, changes, prospects()).tell();
    }

    /// Explains the state and role of a cluster; empty if there is none.
    ///
    /// @param heard what a leader knows besides; empty if this server does not lead
    public Optional<Explanation> cluster(ClusterId cluster, Optional<Suspicion> heard) {
        return view.get(Schema.CLUSTERS, cluster)
                .map(each ->
                        new ClusterStory(each, view, nowMillis, changes, prospects()).tell(heard));
    }

    /// Explains where a migration stands; empty if there is none.
    public Optional<Explanation> migration(MigrationId migration) {
        return Migrations.find(migration, view)
                .map(each ->
                        new MigrationStory(each, view, nowMillis, changes, prospects()).tell());
    }

    private Prospects prospects() {
        return new Prospects(view, new Tick(Revision.NONE, nowMillis));
    }
}
