package io.staddle.statemachine.machine;

import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.ObservedConfig;
import io.staddle.api.model.Removal;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.query.RoutingQueries;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nodes, groups and vShards in the few words of the row files.
final class RoutingWords {
    private RoutingWords() {}

    /// Returns the answer to a question about routing; null if it is none.
    static @Nullable String question(String[] words, RoutingQueries queries) {
        return switch (words[0]) {
            case "node" -> queries.node(new NodeId(words[1])).map(RoutingWords::of).orElse("none");
            case "members" ->
                    queries.group(new GroupId(Integer.parseInt(words[1])))
                            .map(RoutingWords::members)
                            .orElse("none");
            case "vshard" ->
                    queries.vShard(new VShardId(Integer.parseInt(words[1])))
                            .map(RoutingWords::of)
                            .orElse("none");
            case "route" -> queries.route(words[1]).map(RoutingWords::of).orElse("none");
            case "changes" -> {
                var delta = queries.changesAfter(Long.parseLong(words[1]));
                yield Stream.concat(
                                delta.groups().stream().map(group -> "g" + group.id()),
                                delta.vShards().stream().map(RoutingWords::of))
                        .collect(Collectors.joining(", "));
            }
            default -> null;
        };
    }

    static String of(RoutingEvent event) {
        return switch (event) {
            case RoutingEvent.NodeRegistered(var node) -> of(node);
            case RoutingEvent.NodeStateChanged(var from, var node) ->
                    node.id() + " " + from + "->" + node.state() + (node.leaves() ? " leaves" : "");
            case RoutingEvent.NodesHeard(var beats) ->
                    "heard "
                            + beats.stream()
                                    .map(beat -> beat.node().value())
                                    .collect(Collectors.joining(","));
            case RoutingEvent.NodeRemoved(var node, var incarnation) ->
                    "forgot " + node + " i" + incarnation;
            case RoutingEvent.RoutingInitialised(var layout) ->
                    "routing "
                            + layout.vShards()
                            + "/"
                            + layout.groups()
                            + " rf "
                            + layout.replicationFactor();
            case RoutingEvent.GroupChanged(var change, var node, var group) ->
                    "g"
                            + group.id()
                            + " "
                            + change.name().toLowerCase(Locale.ROOT)
                            + " "
                            + node
                            + " c"
                            + group.configVersion();
            case RoutingEvent.GroupReported(var node, var group) ->
                    "g" + group.id() + " reported by " + node;
            case RoutingEvent.LeaderChosen(var group) ->
                    "g"
                            + group.id()
                            + " led by "
                            + group.leader().map(NodeId::value).orElse("nobody");
            case RoutingEvent.VShardMoved(var from, var vShard) -> from + "->" + of(vShard);
        };
    }

    private static String of(NodeRecord node) {
        return node.id() + " " + node.state() + " i" + node.incarnation() + " v" + node.version();
    }

    private static String of(VShardRecord vShard) {
        return "v"
                + vShard.id()
                + " "
                + vShard.leaseholder()
                + " g"
                + vShard.group()
                + " e"
                + vShard.epoch();
    }

    private static String members(GroupRecord group) {
        return "c"
                + group.configVersion()
                + " voters "
                + group.voters()
                + " learners "
                + group.learners()
                + group.leader()
                        .map(leader -> " led by " + leader + " t" + group.leaderTerm())
                        .orElse("")
                + group.observed().stream().map(RoutingWords::of).collect(Collectors.joining())
                + group.removals().stream().map(RoutingWords::of).collect(Collectors.joining());
    }

    private static String of(Removal removal) {
        return " " + removal.node() + " leaves c" + removal.configVersion();
    }

    private static String of(ObservedConfig observed) {
        return " " + observed.node() + " sees c" + observed.configVersion();
    }
}
