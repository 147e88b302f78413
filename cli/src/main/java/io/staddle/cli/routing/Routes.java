package io.staddle.cli.routing;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Removal;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.api.query.RoutingDelta;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.client.RoutingAdmin;

import java.util.List;
import java.util.stream.Collectors;

/// Shows groups, vShards and ghosts.
final class Routes {
    private Routes() {}

    /// Returns a group as it is now.
    ///
    /// @throws CliException if there is none of that number
    static GroupRecord group(RoutingAdmin routing, GroupId id) {
        return routing.all().groups().stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        CliException.notFound(
                                "group", id, "To see all groups: staddle routing show"));
    }

    /// Returns a vShard as it is now.
    ///
    /// @throws CliException if there is none of that number
    static VShardRecord vShard(RoutingAdmin routing, VShardId id) {
        return routing.all().vShards().stream()
                .filter(vShard -> vShard.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        CliException.notFound(
                                "vShard", id, "To see how many there are: staddle routing show"));
    }

    static Table groups(RoutingDelta routing) {
        Table table =
                new Table(
                        Column.right("GROUP"),
                        Column.left("VOTERS"),
                        Column.left("LEARNERS"),
                        Column.left("LEAVING"),
                        Column.left("LEADER"),
                        Column.right("CONFIG"),
                        Column.right("RF"),
                        Column.right("VSHARDS"));
        for (GroupRecord group : routing.groups()) {
            long vShards =
                    routing.vShards().stream()
                            .filter(each -> each.group().equals(group.id()))
                            .count();
            table.row(
                    group.id().toString(),
                    names(group.voters()),
                    names(group.learners()),
                    names(group.removals().stream().map(Removal::node).toList()),
                    group.leader().map(NodeId::value).orElse(""),
                    Long.toString(group.configVersion()),
                    Integer.toString(group.replicationFactor()),
                    Long.toString(vShards));
        }
        return table;
    }

    static Table vShards(List<VShardRecord> vShards) {
        Table table =
                new Table(
                        Column.right("VSHARD"),
                        Column.right("GROUP"),
                        Column.left("LEASEHOLDER"),
                        Column.right("EPOCH"),
                        Column.left("WRITES"),
                        Column.left("MIGRATION"));
        for (VShardRecord vShard : vShards) {
            table.row(
                    vShard.id().toString(),
                    vShard.group().toString(),
                    vShard.leaseholder().value(),
                    vShard.epoch().toString(),
                    vShard.writes() instanceof Writes.Open ? "open" : "paused",
                    migration(vShard.engagement()));
        }
        return table;
    }

    static Table ghosts(List<Ghost> ghosts) {
        Table table =
                new Table(
                        Column.right("VSHARD"),
                        Column.left("AT"),
                        Column.left("SENDS TO"),
                        Column.right("EPOCH"),
                        Column.right("NEEDED BY"),
                        Column.left("MIGRATION"));
        for (Ghost ghost : ghosts) {
            table.row(
                    ghost.vShard().toString(),
                    ghost.source().value(),
                    ghost.target().value(),
                    ghost.epoch().toString(),
                    Long.toString(ghost.references()),
                    ghost.migration().value());
        }
        return table;
    }

    static String served(VShardRecord vShard) {
        return "vShard %s of group %s is served by %s, epoch %s"
                .formatted(vShard.id(), vShard.group(), vShard.leaseholder(), vShard.epoch());
    }

    private static String migration(Engagement engagement) {
        return switch (engagement) {
            case Engagement.Free free -> "";
            case Engagement.Migrating(var id) -> id.value();
            case Engagement.Unfenced(var id) -> id + " (not fenced)";
        };
    }

    private static String names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).collect(Collectors.joining(","));
    }
}
