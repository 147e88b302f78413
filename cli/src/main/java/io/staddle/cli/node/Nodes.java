package io.staddle.cli.node;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.client.RoutingAdmin;

import java.util.List;
import java.util.stream.Collectors;

/// Shows data nodes.
final class Nodes {
    private Nodes() {}

    /// Returns a node as it is now.
    ///
    /// @throws CliException if there is none of that name
    static NodeRecord find(RoutingAdmin routing, NodeId id) {
        return find(routing.nodes(), id);
    }

    /// Returns one of these nodes.
    ///
    /// @throws CliException if there is none of that name
    static NodeRecord find(List<NodeRecord> nodes, NodeId id) {
        return nodes.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        CliException.notFound("node", id, "To see all nodes: staddle node list"));
    }

    static Table table(List<NodeRecord> nodes) {
        Table table =
                new Table(
                        Column.left("NODE"),
                        Column.left("STATE"),
                        Column.left("ADDRESS"),
                        Column.right("INCARNATION"),
                        Column.left("HEARD"));
        nodes.forEach(node ->
                table.row(
                        Cell.of(node.id().value()),
                        new Cell(state(node), tone(node.state())),
                        Cell.of(node.address().toString()),
                        Cell.of(Long.toString(node.incarnation())),
                        Cell.of(Figures.time(node.seenMillis()))));
        return table;
    }

    static String details(NodeShare share) {
        NodeRecord node = share.node();
        return """
        node       %s, %s since version %s
        address    %s
        life       incarnation %s, heard %s
        serves     %s vShards
        votes in   %s
        leads      %s
        learns in  %s
        leaves     %s
        """
                .formatted(
                        node.id(),
                        state(node),
                        node.version(),
                        node.address(),
                        node.incarnation(),
                        Figures.time(node.seenMillis()),
                        share.serves().size(),
                        groups(share.votesIn()),
                        groups(share.leads()),
                        groups(share.learnsIn()),
                        groups(share.leaves()));
    }

    private static String groups(List<GroupId> groups) {
        return groups.isEmpty()
                ? "no group"
                : groups.stream().map(GroupId::toString).collect(Collectors.joining(", "));
    }

    private static String state(NodeRecord node) {
        return node.state() + (node.leaves() ? " for good" : "");
    }

    private static Tone tone(NodeState state) {
        return switch (state) {
            case ACTIVE -> Tone.GOOD;
            case JOINING, LEARNER -> Tone.PLAIN;
            case DRAINING, DECOMMISSIONED -> Tone.WARN;
        };
    }
}
