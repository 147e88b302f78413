package io.staddle.statemachine.balance;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who votes in a group, and who serves which of its vShards.
final class GroupSpread {
    private final GroupRecord record;
    private final SortedSet<NodeId> voters;
    private final SortedMap<NodeId, Integer> served = new TreeMap<>();

    /// Those of the vShards that can be moved, by who serves them.
    private final SortedMap<NodeId, SortedSet<VShardId>> movable = new TreeMap<>();

    GroupSpread(GroupRecord record) {
        this.record = record;
        voters = new TreeSet<>(record.voters());
    }

    GroupId id() {
        return record.id();
    }

    SortedSet<NodeId> voters() {
        return voters;
    }

    int replicationFactor() {
        return record.replicationFactor();
    }

    boolean isLedBy(NodeId node) {
        return record.leader().equals(Optional.of(node));
    }

    /// Returns how many of its vShards a node serves.
    int servedBy(NodeId node) {
        return served.getOrDefault(node, 0);
    }

    /// Returns how many of its vShards there are.
    int vShards() {
        return served.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Returns the vShard of a node that is moved first.
    Optional<VShardId> movable(NodeId node) {
        SortedSet<VShardId> all = movable.getOrDefault(node, new TreeSet<>());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.first());
    }

    /// Tells whether everything that a node serves can be moved.
    boolean canEmpty(NodeId node) {
        return movable.getOrDefault(node, new TreeSet<>()).size() == servedBy(node);
    }

    void serve(VShardId vShard, NodeId by, boolean isMovable) {
        served.merge(by, 1, Integer::sum);
        if (isMovable) {
            movable.computeIfAbsent(by, _ -> new TreeSet<>()).add(vShard);
        }
    }

    /// What was moved once is not moved again: so a plan names no vShard twice.
    void move(VShardId vShard, NodeId from, NodeId to) {
        served.merge(from, -1, Integer::sum);
        movable.getOrDefault(from, new TreeSet<>()).remove(vShard);
        served.merge(to, 1, Integer::sum);
    }
}
