package io.staddle.statemachine.balance;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.ShiftReason;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How vShards and replicas are spread over nodes, as it will be once the migrations that go on are
/// over and voters that a group does not need are gone. Moves are tried out on it, and nothing else
/// changes.
final class Spread {
    private final SortedMap<NodeId, Part> parts = new TreeMap<>();
    private final SortedMap<GroupId, GroupSpread> groups = new TreeMap<>();
    private final SortedMap<NodeId, Integer> served = new TreeMap<>();
    private final SortedMap<NodeId, Integer> replicas = new TreeMap<>();

    private Spread() {}

    /// Returns it for a state.
    ///
    /// @param leaving a node that is to be treated as if it left; empty for none
    static Spread of(Reads view, long nowMillis, Optional<NodeId> leaving) {
        Spread spread = new Spread();
        long max = Configs.of(view).get(Setting.NODE_SUSPECT_AFTER_MILLIS);
        for (NodeRecord node : view.values(Schema.NODES)) {
            boolean leaves = leaving.equals(Optional.of(node.id()));
            spread.parts.put(node.id(), leaves ? Part.LEAVING : part(node, nowMillis, max));
        }
        for (GroupRecord group : view.values(Schema.GROUPS)) {
            spread.groups.put(group.id(), new GroupSpread(group));
            group.voters().forEach(node -> spread.replicas.merge(node, 1, Integer::sum));
        }
        spread.serve(view);
        return spread;
    }

    private static Part part(NodeRecord node, long nowMillis, long maxSilenceMillis) {
        return switch (node.state()) {
            case ACTIVE ->
                    nowMillis - node.seenMillis() <= maxSilenceMillis ? Part.OPEN : Part.CLOSED;
            case DRAINING -> Part.LEAVING;
            case JOINING, LEARNER, DECOMMISSIONED -> Part.CLOSED;
        };
    }

    private void serve(Reads view) {
        Map<VShardId, MigrationRecord> going =
                Migrations.unfinished(view).stream()
                        .collect(
                                Collectors.toMap(
                                        each -> each.header().vShard(),
                                        each -> each,
                                        (a, _) -> a,
                                        TreeMap::new));
        for (VShardRecord vShard : view.values(Schema.V_SHARDS)) {
            Optional<NodeId> target =
                    Optional.ofNullable(going.get(vShard.id())).map(each -> each.header().target());
            NodeId by = target.orElse(vShard.leaseholder());
            group(vShard.group())
                    .serve(vShard.id(), by, vShard.engagement() instanceof Engagement.Free);
            served.merge(by, 1, Integer::sum);
            target.ifPresent(node -> join(vShard.group(), node));
        }
    }

    private void join(GroupId group, NodeId node) {
        if (group(group).voters().add(node)) {
            replicas.merge(node, 1, Integer::sum);
        }
    }

    Part part(NodeId node) {
        return parts.getOrDefault(node, Part.CLOSED);
    }

    boolean isOpen(NodeId node) {
        return part(node) == Part.OPEN;
    }

    /// Returns the nodes that take a part, sorted.
    List<NodeId> nodes(Part part) {
        return parts.keySet().stream().filter(node -> part(node) == part).toList();
    }

    Collection<GroupSpread> groups() {
        return groups.values();
    }

    GroupSpread group(GroupId id) {
        return Optional.ofNullable(groups.get(id)).orElseThrow();
    }

    /// Returns how many vShards a node serves.
    int served(NodeId node) {
        return served.getOrDefault(node, 0);
    }

    /// Returns how many groups a node votes in.
    int replicas(NodeId node) {
        return replicas.getOrDefault(node, 0);
    }

    /// Returns the nodes of a group that can be given its vShards, but for one of them.
    Stream<NodeId> openVoters(GroupSpread group, NodeId but) {
        return group.voters().stream().filter(this::isOpen).filter(node -> !node.equals(but));
    }

    /// Returns the node that serves the fewest vShards.
    Optional<NodeId> idlest(Stream<NodeId> nodes) {
        return nodes.min(
                Comparator.comparingInt(this::served)
                        .thenComparingInt(this::replicas)
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// Returns the node that can vote in one group more and votes in the fewest.
    Optional<NodeId> joiner(GroupSpread group) {
        return nodes(Part.OPEN).stream()
                .filter(node -> !group.voters().contains(node))
                .min(
                        Comparator.comparingInt(this::replicas)
                                .thenComparingInt(this::served)
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Returns the move of a vShard from a node to another; empty if none can be moved.
    Optional<Shift> shift(
            GroupSpread group, NodeId from, NodeId to, ShiftReason why, NodeId relieved) {
        return group.movable(from)
                .map(vShard -> new Shift(vShard, group.id(), from, to, why, relieved));
    }

    /// Returns the move of a vShard that brings a node into a group: one of the node that is to go,
    /// or else of whoever serves the most.
    Optional<Shift> carry(GroupSpread group, NodeId relieved, NodeId joiner, ShiftReason why) {
        Stream<NodeId> others =
                group.voters().stream()
                        .filter(node -> part(node) != Part.CLOSED)
                        .sorted(Comparator.comparingInt(this::served).reversed());
        return Stream.concat(Stream.of(relieved), others)
                .flatMap(from -> shift(group, from, joiner, why, relieved).stream())
                .findFirst();
    }

    /// Tries a move out.
    void move(Shift shift) {
        group(shift.group()).move(shift.vShard(), shift.source(), shift.target());
        served.merge(shift.source(), -1, Integer::sum);
        served.merge(shift.target(), 1, Integer::sum);
        join(shift.group(), shift.target());
        trim();
    }

    /// Lets the voters go that no group needs.
    void trim() {
        groups.values()
                .forEach(group -> {
                    Optional<NodeId> surplus = surplus(group);
                    while (surplus.isPresent()) {
                        group.voters().remove(surplus.get());
                        replicas.merge(surplus.get(), -1, Integer::sum);
                        surplus = surplus(group);
                    }
                });
    }

    /// Returns the voter that a group can do without: it has more than it needs, and this one
    /// serves nothing there. While somebody in it leaves nobody else goes: or who leaves would be
    /// needed again.
    Optional<NodeId> surplus(GroupSpread group) {
        if (group.voters().size() <= group.replicationFactor()) {
            return Optional.empty();
        }
        boolean isLeft = group.voters().stream().anyMatch(this::isLeaving);
        return group.voters().stream()
                .filter(node -> group.servedBy(node) == 0)
                .filter(node -> isLeaving(node) || !isLeft)
                .min(dispensable(group));
    }

    private boolean isLeaving(NodeId node) {
        return part(node) == Part.LEAVING;
    }

    /// Who is to go first: who leaves, who is not there, who votes in the most groups.
    Comparator<NodeId> dispensable(GroupSpread group) {
        return Comparator.comparing((NodeId node) -> !isLeaving(node))
                .thenComparing(this::isOpen)
                .thenComparing(this::replicas, Comparator.reverseOrder())
                .thenComparingInt(group::servedBy)
                .thenComparing(group::isLedBy)
                .thenComparing(Comparator.naturalOrder());
    }
}
