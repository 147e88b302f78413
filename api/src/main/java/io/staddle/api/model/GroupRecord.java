package io.staddle.api.model;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Who replicates the vShards of a group. It is what must be: nodes put it into effect, and report
/// how far they have got.
///
/// @param voters who votes and holds all data; sorted
/// @param learners who gets all data and does not vote; sorted
/// @param leader who leads it, as far as is known
/// @param leaderTerm the term in which that was reported
/// @param replicationFactor how many voters it is meant to have, at least
/// @param configVersion grows with each change of voters or learners
/// @param observed which membership each node reported; one a node, sorted
/// @param removals who may still be in it at the data plane; one a node, sorted, none a member
/// @param changed when it was last changed
public record GroupRecord(
        GroupId id,
        List<NodeId> voters,
        List<NodeId> learners,
        Optional<NodeId> leader,
        long leaderTerm,
        int replicationFactor,
        long configVersion,
        List<ObservedConfig> observed,
        List<Removal> removals,
        Since changed) {
    /// Copies the lists.
    public GroupRecord {
        voters = List.copyOf(voters);
        learners = List.copyOf(learners);
        observed = List.copyOf(observed);
        removals = List.copyOf(removals);
    }

    /// Tells whether `node` votes or learns.
    public boolean has(NodeId node) {
        return voters.contains(node) || learners.contains(node);
    }

    /// Returns it with `node` as a learner, and no voter.
    public GroupRecord withLearner(NodeId node, Since now) {
        return members(without(voters, node), with(learners, node), now);
    }

    /// Returns it with `node` as a voter, and no learner.
    public GroupRecord withVoter(NodeId node, Since now) {
        return members(with(voters, node), without(learners, node), now);
    }

    /// Returns it without `node`.
    public GroupRecord without(NodeId node, Since now) {
        return members(without(voters, node), without(learners, node), now);
    }

    /// Returns it without `node`, which the data plane has to take out.
    public GroupRecord removing(NodeId node, Since now) {
        GroupRecord next = without(node, now);
        return next.removals(
                Stream.concat(removals.stream(), Stream.of(new Removal(node, next.configVersion())))
                        .sorted((a, b) -> a.node().compareTo(b.node()))
                        .toList(),
                now);
    }

    /// Returns it after the data plane has put a removal into effect: for whoever had put into
    /// effect what was before it, too.
    public GroupRecord removed(Removal done, Since now) {
        return removals(removals.stream().filter(each -> !each.equals(done)).toList(), now)
                .observed(each -> each.after(done), now);
    }

    /// Returns the removal of `node` that the data plane has not confirmed; empty if there is none.
    public Optional<Removal> removalOf(NodeId node) {
        return removals.stream().filter(each -> each.node().equals(node)).findFirst();
    }

    /// Returns it with another leader.
    public GroupRecord ledBy(Optional<NodeId> node, long term, Since now) {
        return new GroupRecord(
                id,
                voters,
                learners,
                node,
                term,
                replicationFactor,
                configVersion,
                observed,
                removals,
                now);
    }

    /// Returns it with what a node says of itself.
    public GroupRecord observed(ObservedConfig report, Since now) {
        List<ObservedConfig> others =
                Stream.concat(
                                observed.stream()
                                        .filter(each -> !each.node().equals(report.node())),
                                Stream.of(report))
                        .sorted((a, b) -> a.node().compareTo(b.node()))
                        .toList();
        return new GroupRecord(
                id,
                voters,
                learners,
                leader,
                leaderTerm,
                replicationFactor,
                configVersion,
                others,
                removals,
                now);
    }

    /// Returns which membership `node` has put into effect in that life of its own; 0 for none.
    public long observedBy(NodeId node, long incarnation) {
        return observed.stream()
                .filter(each -> each.node().equals(node) && each.incarnation() == incarnation)
                .mapToLong(ObservedConfig::configVersion)
                .findFirst()
                .orElse(0);
    }

    private GroupRecord observed(UnaryOperator<ObservedConfig> change, Since now) {
        return new GroupRecord(
                id,
                voters,
                learners,
                leader,
                leaderTerm,
                replicationFactor,
                configVersion,
                observed.stream().map(change).toList(),
                removals,
                now);
    }

    private GroupRecord members(List<NodeId> vote, List<NodeId> learn, Since now) {
        return new GroupRecord(
                id,
                vote,
                learn,
                leader.filter(vote::contains),
                leaderTerm,
                replicationFactor,
                configVersion + 1,
                observed.stream()
                        .filter(each -> vote.contains(each.node()) || learn.contains(each.node()))
                        .toList(),
                removals,
                now);
    }

    private GroupRecord removals(List<Removal> left, Since now) {
        return new GroupRecord(
                id,
                voters,
                learners,
                leader,
                leaderTerm,
                replicationFactor,
                configVersion,
                observed,
                left,
                now);
    }

    private static List<NodeId> with(List<NodeId> nodes, NodeId node) {
        return Stream.concat(nodes.stream(), Stream.of(node)).distinct().sorted().toList();
    }

    private static List<NodeId> without(List<NodeId> nodes, NodeId node) {
        return nodes.stream().filter(each -> !each.equals(node)).toList();
    }
}
