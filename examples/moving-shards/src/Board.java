import io.staddle.api.model.AbortCode;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Removal;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.client.RoutingCache;
import io.staddle.client.RoutingTable;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/// Writes down again and again what Staddle says of migrations, groups and vShards, a line each, so
/// that the script need not start a process for each look. While Staddle is away nothing is new.
///
/// ```
/// migration ID PHASE CODE FENCED SINCE_MILLIS      group N VOTERS LEAVING
/// vshard N HOLDER EPOCH open|paused                node ID STATE
/// ```
final class Board {
    private static final long PERIOD_MILLIS = 150;

    private final StaddleClient client;
    private final RoutingCache routing;
    private final Path file;

    Board(StaddleClient client, Path directory) {
        this.client = client;
        routing = client.routingCache();
        file = directory.resolve("board");
    }

    /// Works until interrupted.
    void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                writeIfThere();
            }
        } catch (IOException | InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeIfThere() throws IOException {
        try {
            write();
        } catch (StaddleException away) {
            // The next look tells.
        }
    }

    /// What a migration has done is seen of the routing table that is asked for after it.
    private void write() throws IOException {
        List<MigrationRecord> migrations = client.migrations().list(100);
        RoutingTable table = routing.refresh();
        StringBuilder lines = new StringBuilder();
        migrations.forEach(each -> lines.append(line(each)).append('\n'));
        table.nodes().values().forEach(each -> lines.append(line(each)).append('\n'));
        table.groups().values().forEach(each -> lines.append(line(each)).append('\n'));
        table.vShards().values().forEach(each -> lines.append(line(each)).append('\n'));
        Path draft = file.resolveSibling("board.draft");
        Files.writeString(draft, lines);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(MigrationRecord migration) {
        String code =
                migration.end() instanceof MigrationEnd.Aborted(AbortCode why, _, _, _)
                        ? why.name()
                        : "-";
        return String.join(
                " ",
                "migration",
                migration.id().value(),
                migration.phase().name(),
                code,
                Boolean.toString(migration.fenced()),
                Long.toString(migration.stage().sinceMillis()));
    }

    private static String line(NodeRecord node) {
        return "node %s %s".formatted(node.id(), node.state());
    }

    private static String line(GroupRecord group) {
        return "group %s %s %s"
                .formatted(
                        group.id(),
                        names(group.voters()),
                        names(group.removals().stream().map(Removal::node).toList()));
    }

    private static String line(VShardRecord vShard) {
        return "vshard %s %s %s %s"
                .formatted(
                        vShard.id(),
                        vShard.leaseholder(),
                        vShard.epoch(),
                        vShard.writes() instanceof Writes.Open ? "open" : "paused");
    }

    private static String names(List<?> nodes) {
        return nodes.isEmpty()
                ? "-"
                : nodes.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
