package io.staddle.client.migration;

import io.staddle.api.id.MigrationId;
import io.staddle.client.StaddleClient;

/// Looks for migrations that name the node, and works on them.
final class MigrationWatch {
    private final NodeLife life;
    private final MigrationDataPlane plane;
    private final StaddleClient client;
    private final Workers<MigrationId> workers;

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

    void close() {
        workers.close();
    }

    private void begin(MigrationId id) {
        MigrationWork work = new MigrationWork(life, plane, client);
        workers.ensure(id, () -> work.turn(client.migrations().show(id).migration()));
    }
}
