package io.staddle.statemachine.state;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationRecord;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        return view.values(Schema.MIGRATIONS);
    }

    /// Returns the migrations that go on, sorted.
    public static List<MigrationRecord> unfinished(Reads view) {
        return current(view).stream().filter(each -> !each.phase().isFinished()).toList();
    }

    /// Returns the migrations that go on and move something of a group to a node, sorted.
    public static Stream<MigrationRecord> into(GroupId group, NodeId target, Reads view) {
        return unfinished(view).stream()
                .filter(each -> each.header().group().equals(group))
                .filter(each -> each.header().target().equals(target));
    }

    /// Returns the migration that goes on and makes a node vote in a group.
    public static Optional<MigrationRecord> joining(GroupId group, NodeId target, Reads view) {
        return into(group, target, view)
                .filter(each -> each.before().target() != Membership.VOTER)
                .findFirst();
    }
}
