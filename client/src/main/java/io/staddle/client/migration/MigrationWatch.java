package io.staddle.client.migration;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.client.StaddleClient;

/// Looks for migrations that name the node, and works on them.
final class MigrationWatch {
    private final NodeLife life;
    private final MigrationDataPlane plane;
    private final StaddleClient client;
    private final Workers<MigrationId, MigrationWork> workers;

    MigrationWatch(NodeLife life, MigrationDataPlane plane, StaddleClient client) {
        this.life = life;
        this.plane = plane;
        this.client = client;
        workers = new Workers<>("migration-" + life.node());
    }

    /// Looks once. It throws what the client throws.
    void look() {
        client.migrations().list(0).stream()
                .filter(life::isNamedBy)
                .forEach(each -> begin(each.id()));
    }

    /// Goes on at once with a migration that has got to where the events of Staddle say.
    void hear(MigrationRecord now) {
        if (!workers.tell(now.id(), work -> work.hear(now))
                && now.phase() != MigrationPhase.COMPLETED) {
            begin(now.id());
        }
    }

    void close() {
        workers.close();
    }

    private void begin(MigrationId id) {
        workers.ensure(id, () -> new MigrationWork(id, life, plane, client));
    }
}
