package io.staddle.statemachine.machine;

import io.staddle.api.command.Command;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Removal;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The part of [Script] about nodes, groups and vShards.
///
/// ```
/// join n [inc I] [at HOST:PORT]     state n STATE [seen V]      decommission n [seen V]
/// forget n                          nodebeat n[,m] [ago MS] [inc I]
/// routing VSHARDS GROUPS RF n,m,…   group G add_learner|promote|remove n [seen C]
/// report G n C [inc I] [leader m TERM]                          assign V G n [epoch E]
/// gone G n [by m] [seen C]
/// ```
final class RoutingScript {
    private final String[] words;
    private final Reads view;
    private final long clockMillis;

    RoutingScript(String[] words, Reads view, long clockMillis) {
        this.words = words;
        this.view = view;
        this.clockMillis = clockMillis;
    }

    Command ofNode() {
        return switch (words[0]) {
            case "join" ->
                    new NodeCommand.RegisterNode(
                            node(1),
                            NodeAddress.parse(after("at").orElse("host:7000")),
                            number("inc", 1));
            case "state" ->
                    new NodeCommand.SetNodeState(
                            node(1), NodeState.valueOf(words[2]), seenVersion());
            case "decommission" -> new NodeCommand.DecommissionNode(node(1), seenVersion());
            case "forget" -> new NodeCommand.RemoveNode(node(1));
            default -> new NodeCommand.RecordNodeBeats(nodes(1).stream().map(this::beat).toList());
        };
    }

    Command ofRouting() {
        return switch (words[0]) {
            case "routing" ->
                    new RoutingCommand.InitRouting(
                            new RoutingLayout(
                                    Integer.parseInt(words[1]),
                                    Integer.parseInt(words[2]),
                                    Integer.parseInt(words[3]),
                                    nodes(4)));
            case "group" ->
                    new RoutingCommand.ChangeGroup(
                            group(1),
                            GroupChange.valueOf(words[2].toUpperCase(Locale.ROOT)),
                            node(3),
                            number("seen", configVersion()));
            case "report" -> report();
            case "gone" ->
                    new RoutingCommand.ConfirmRemoval(
                            group(1),
                            node(2),
                            number("seen", removalVersion()),
                            after("by").map(NodeId::new).orElse(node(2)));
            default -> {
                VShardId vShard = new VShardId(Integer.parseInt(words[1]));
                long epoch =
                        view.get(Schema.V_SHARDS, vShard)
                                .map(VShardRecord::epoch)
                                .orElse(Epoch.NONE)
                                .value();
                yield new RoutingCommand.AssignVShard(
                        vShard, group(2), node(3), new Epoch(number("epoch", epoch)));
            }
        };
    }

    private Command report() {
        Optional<NodeId> leader = after("leader").map(NodeId::new);
        long term = leader.isPresent() ? Long.parseLong(words[words.length - 1]) : 0;
        return new RoutingCommand.ReportGroup(
                group(1),
                node(2),
                number("inc", incarnation(node(2))),
                Long.parseLong(words[3]),
                leader,
                term);
    }

    private NodeBeat beat(NodeId node) {
        return new NodeBeat(node, number("inc", incarnation(node)), clockMillis - number("ago", 0));
    }

    private long incarnation(NodeId node) {
        return view.get(Schema.NODES, node).map(NodeRecord::incarnation).orElse(1L);
    }

    private long seenVersion() {
        long current = view.get(Schema.NODES, node(1)).map(NodeRecord::version).orElse(0L);
        return number("seen", current);
    }

    private long configVersion() {
        return view.get(Schema.GROUPS, group(1)).map(GroupRecord::configVersion).orElse(0L);
    }

    private long removalVersion() {
        return view.get(Schema.GROUPS, group(1))
                .flatMap(group -> group.removalOf(node(2)))
                .map(Removal::configVersion)
                .orElse(0L);
    }

    private NodeId node(int word) {
        return new NodeId(words[word]);
    }

    private List<NodeId> nodes(int word) {
        return Stream.of(words[word].split(",", -1)).map(NodeId::new).toList();
    }

    private GroupId group(int word) {
        return new GroupId(Integer.parseInt(words[word]));
    }

    private long number(String word, long otherwise) {
        return after(word).map(Long::parseLong).orElse(otherwise);
    }

    private Optional<String> after(String word) {
        int at = Arrays.asList(words).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(words[at + 1]);
    }
}
