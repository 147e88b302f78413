package io.staddle.it.kit;

import io.staddle.api.command.MigrationCommand.ReportProgress;
import io.staddle.api.command.RoutingCommand.ReportGroup;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.query.RoutingDelta;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A data plane in one thread: it puts into effect whatever Staddle decides, at once, and reports.
/// While it is held back its nodes beat, and report nothing.
public final class DataPlane implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final StaddleClient client;
    private final Thread thread;
    private volatile boolean held;

    /// Begins to work.
    public DataPlane(StaddleClient client) {
        this.client = client;
        thread = Thread.ofVirtual().name("data-plane").start(this::work);
    }

    /// Holds it back, or lets it go on.
    public void hold(boolean hold) {
        held = hold;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                client.routing()
                        .nodes()
                        .forEach(node -> client.routing().beat(node.id(), node.incarnation()));
                if (!held) {
                    client.migrations().list(0).forEach(this::serve);
                    report(client.routing().all());
                }
            } catch (StaddleException leaderIsAway) {
                // The next round asks again.
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }

    private void serve(MigrationRecord migration) {
        if (migration.phase() == MigrationPhase.CUTOVER || migration.phase().isFinished()) {
            client.migrations().confirmFence(migration.id(), voter(migration.header().group()));
            return;
        }
        NodeId target = migration.header().target();
        long incarnation = migration.header().targetIncarnation();
        report(Migrations.group(client, migration.header().group()), target, incarnation);
        client.migrations()
                .reportProgress(
                        new ReportProgress(
                                migration.id(),
                                migration.stage().phaseVersion(),
                                incarnation,
                                100,
                                100,
                                50));
    }

    /// Members say of their groups what they have not said yet.
    private void report(RoutingDelta routing) {
        for (GroupRecord group : routing.groups()) {
            group.removals()
                    .forEach(
                            each -> client.routing().confirmRemoval(group.id(), each, each.node()));
            routing.nodes().stream()
                    .filter(node -> group.has(node.id()))
                    .filter(node -> isNews(group, node))
                    .forEach(node -> report(group, node.id(), node.incarnation()));
        }
    }

    private static boolean isNews(GroupRecord group, NodeRecord node) {
        return group.observedBy(node.id(), node.incarnation()) < group.configVersion();
    }

    private void report(GroupRecord group, NodeId node, long incarnation) {
        client.routing()
                .reportGroup(
                        new ReportGroup(
                                group.id(),
                                node,
                                incarnation,
                                group.configVersion(),
                                Optional.empty(),
                                0));
    }

    private NodeId voter(GroupId group) {
        return Migrations.group(client, group).voters().getFirst();
    }
}
