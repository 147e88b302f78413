package io.staddle.statemachine.query;

import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.CheckpointPlace;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Answers questions about migrations and ghosts.
public final class MigrationQueries {
    private final Reads view;

    /// Answers from the state that `view` shows.
    public MigrationQueries(Reads view) {
        this.view = view;
    }

    /// Returns a migration, whether it is over or not.
    public Optional<MigrationRecord> migration(MigrationId id) {
        return Migrations.find(id, view);
    }

    /// Returns the migrations that go on and those that are not fenced yet, then at most `max` of
    /// those that are over, the newest first.
    public List<MigrationRecord> migrations(int max) {
        List<MigrationRecord> all = new ArrayList<>(Migrations.current(view));
        List<MigrationId> over = new ArrayList<>();
        try (var cursor = view.scan(Schema.MIGRATION_ENDS, KeyRange.all())) {
            cursor.forEachRemaining(row -> over.add(row.key().migration()));
        }
        List<MigrationId> newest = over.subList(Math.max(0, over.size() - max), over.size());
        view.getAll(Schema.FINISHED_MIGRATIONS, newest.reversed())
                .forEach(found -> found.ifPresent(all::add));
        return all;
    }

    /// Tells whether a migration is to be forgotten.
    public boolean isCleanupDue(long nowMillis) {
        long before = nowMillis - Configs.of(view).get(Setting.MIGRATION_RETENTION_MILLIS);
        try (var cursor = view.scan(Schema.MIGRATION_ENDS, KeyRange.all())) {
            return cursor.hasNext() && cursor.next().key().atMillis() <= before;
        }
    }

    /// Returns what each step of a migration was decided on, from the first.
    public List<MigrationCheckpoint> checkpoints(MigrationRecord migration) {
        return LongStream.rangeClosed(1, migration.stage().phaseVersion())
                .mapToObj(step -> new CheckpointPlace(migration.id(), step))
                .flatMap(place -> view.get(Schema.MIGRATION_CHECKPOINTS, place).stream())
                .toList();
    }

    /// Returns all ghosts, by vShard.
    public List<Ghost> ghosts() {
        return view.values(Schema.GHOSTS);
    }

    /// Returns the ghost that sends whoever comes to a node for a vShard on to who serves it.
    public Optional<Ghost> resolve(VShardId vShard, NodeId source) {
        return view.get(Schema.GHOSTS, new GhostPlace(vShard, source));
    }
}
