package io.staddle.statemachine.routing;

import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Cursor;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;

/// The ghosts of a vShard. Each leads straight to whoever serves it: so it is of use for as long as
/// callers come to its node, whatever becomes of the nodes in between.
public final class Ghosts {
    private Ghosts() {}

    /// Returns the ghosts of a vShard, by node.
    public static List<Ghost> of(VShardId vShard, Reads view) {
        List<Ghost> ghosts = new ArrayList<>();
        try (Cursor<GhostPlace, Ghost> rows =
                view.scan(Schema.GHOSTS, GhostPlace.ofVShard(vShard))) {
            rows.forEachRemaining(row -> ghosts.add(row.value()));
        }
        return ghosts;
    }

    /// Returns what becomes of the ghosts of a vShard that another node serves now: that node sends
    /// nobody on any more, and all others send callers there.
    public static List<Event> follow(VShardRecord moved, Reads view) {
        return of(moved.id(), view).stream()
                .<Event>map(ghost ->
                        ghost.source().equals(moved.leaseholder())
                                ? new MigrationEvent.GhostPurged(ghost)
                                : new MigrationEvent.GhostAdjusted(
                                        ghost.leadingTo(
                                                moved.leaseholder(), moved.group(), moved.epoch())))
                .toList();
    }
}
