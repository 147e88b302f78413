package io.staddle.statemachine.routing;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.Since;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The routing table as a whole: what a layout makes of it, and what is asked of all its rows,
/// which are in memory.
public final class Routing {
    private Routing() {}

    /// Returns all groups, sorted.
    public static List<GroupRecord> groups(Reads view) {
        return view.values(Schema.GROUPS);
    }

    /// Returns all vShards, sorted.
    public static List<VShardRecord> vShards(Reads view) {
        return view.values(Schema.V_SHARDS);
    }

    /// Returns the groups that a node votes or learns in, or has not left; sorted.
    public static List<GroupRecord> groupsOf(NodeId node, Reads view) {
        return groups(view).stream()
                .filter(group -> group.has(node) || group.removalOf(node).isPresent())
                .toList();
    }

    /// Tells whether a node serves a vShard of a group.
    static boolean isLeaseholder(NodeId node, GroupId group, Reads view) {
        return vShards(view).stream()
                .anyMatch(each -> each.group().equals(group) && each.leaseholder().equals(node));
    }

    /// Returns the groups that a layout makes: each has as many voters as the replication factor,
    /// the next nodes in turn.
    ///
    /// @param above where their memberships are counted from
    static List<GroupRecord> groupsOf(RoutingLayout layout, long above, Since now) {
        return IntStream.range(0, layout.groups())
                .mapToObj(i -> group(layout, i, above, now))
                .toList();
    }

    /// Returns the vShards that a layout makes: the groups in turn, served by the first voter.
    ///
    /// @param above where their epochs and migrations are counted from
    static List<VShardRecord> vShardsOf(RoutingLayout layout, long above, Since now) {
        return IntStream.range(0, layout.vShards())
                .mapToObj(i -> {
                    int group = i % layout.groups();
                    return VShardRecord.fresh(
                            new VShardId(i),
                            new GroupId(1 + group),
                            node(layout, group),
                            above,
                            now);
                })
                .toList();
    }

    private static GroupRecord group(RoutingLayout layout, int at, long above, Since now) {
        List<NodeId> voters =
                IntStream.range(at, at + layout.replicationFactor())
                        .mapToObj(i -> node(layout, i))
                        .sorted()
                        .toList();
        return new GroupRecord(
                new GroupId(1 + at),
                voters,
                List.of(),
                Optional.empty(),
                0,
                layout.replicationFactor(),
                above + 1,
                List.of(),
                List.of(),
                now);
    }

    private static NodeId node(RoutingLayout layout, int at) {
        return layout.nodes().get(at % layout.nodes().size());
    }
}
