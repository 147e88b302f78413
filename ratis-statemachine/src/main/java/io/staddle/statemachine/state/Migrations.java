package io.staddle.statemachine.state;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where migrations are looked up: those that go on are in memory, those that are over on disk.
public final class Migrations {
    private Migrations() {}

    /// Returns a migration, whether it is over or not.
    public static Optional<MigrationRecord> find(MigrationId id, Reads view) {
        return view.get(Schema.MIGRATIONS, id).or(() -> view.get(Schema.FINISHED_MIGRATIONS, id));
    }

    /// Returns the migrations that go on, and those that were aborted and are not fenced at the
    /// data plane; sorted.
    public static List<MigrationRecord> current(Reads view) {
        List<MigrationRecord> current = new ArrayList<>();
        try (var cursor = view.scan(Schema.MIGRATIONS, KeyRange.all())) {
            cursor.forEachRemaining(row -> current.add(row.value()));
        }
        return current;
    }

    /// Returns the migrations that go on, sorted.
    public static List<MigrationRecord> unfinished(Reads view) {
        return current(view).stream().filter(each -> !each.phase().isFinished()).toList();
    }

    /// Returns the migration that goes on and makes a node a member of a group.
    public static Optional<MigrationRecord> into(GroupId group, NodeId target, Reads view) {
        return unfinished(view).stream()
                .filter(each -> each.header().group().equals(group))
                .filter(each -> each.header().target().equals(target))
                .findFirst();
    }
}
