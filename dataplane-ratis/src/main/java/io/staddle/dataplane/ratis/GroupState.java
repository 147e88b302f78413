package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.client.migration.Serving;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// What is replicated of a group beside its data: the guards of its vShards, who is to be a
/// member, and what Ratis was seen to have put into effect. It is pure: equal commands lead to
/// equal states.
///
/// The members that the group is *to have* are decided here, in the order of the log; so a fence
/// and a late *add learner* are decided one after the other, on every replica alike. Ratis only
/// ever gets what stands here ([MembershipKeeper]).
final class GroupState {
    private final SortedMap<VShardId, ShardGuard> shards;
    private final SortedMap<NodeId, Member> members;
    private final SortedMap<NodeId, Departure> departures;
    private long version;
    private long observedVersion;
    private Configuration observed;
    private Optional<Attempt> lead;

    GroupState() {
        this(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                0,
                Configuration.NONE,
                Optional.empty());
    }

    GroupState(
            SortedMap<VShardId, ShardGuard> shards,
            SortedMap<NodeId, Member> members,
            SortedMap<NodeId, Departure> departures,
            long version,
            long observedVersion,
            Configuration observed,
            Optional<Attempt> lead) {
        this.shards = new TreeMap<>(shards);
        this.members = new TreeMap<>(members);
        this.departures = new TreeMap<>(departures);
        this.version = version;
        this.observedVersion = observedVersion;
        this.observed = observed;
        this.lead = lead;
    }

    SortedMap<VShardId, ShardGuard> shards() {
        return Collections.unmodifiableSortedMap(shards);
    }

    SortedMap<NodeId, Member> members() {
        return Collections.unmodifiableSortedMap(members);
    }

    SortedMap<NodeId, Departure> departures() {
        return Collections.unmodifiableSortedMap(departures);
    }

    /// Returns how often the members were decided upon: 0 before the first time.
    long version() {
        return version;
    }

    /// Tells whether the members that the group was made with are known.
    boolean isAdopted() {
        return members.values().stream().anyMatch(each -> each.is() == Membership.VOTER);
    }

    /// Returns who is to be in the group.
    Configuration wanted() {
        Configuration wanted = Configuration.NONE;
        for (var each : members.entrySet()) {
            wanted = wanted.with(each.getKey(), each.getValue().is());
        }
        return wanted;
    }

    /// Returns up to which version what was decided was looked at by a leader that changed nothing
    /// at that moment.
    long observedVersion() {
        return observedVersion;
    }

    Configuration observed() {
        return observed;
    }

    /// Returns whose target is to lead the group.
    Optional<Attempt> lead() {
        return lead;
    }

    ShardGuard guard(VShardId vShard) {
        return shards.getOrDefault(vShard, ShardGuard.FRESH);
    }

    Member member(NodeId node) {
        return members.getOrDefault(node, Member.ABSENT);
    }

    /// Tells whether a node is what it is to be, as was seen at that version or later.
    boolean isInEffect(NodeId node, long since) {
        return observedVersion >= since && observed.of(node) == member(node).is();
    }

    /// Decides a command.
    ///
    /// @param term of its entry in the log
    /// @param index of that
    /// @param write applies the payload of a write to the data
    GroupAnswer apply(
            GroupCommand command,
            long term,
            long index,
            BiFunction<VShardId, ByteString, ByteString> write) {
        return switch (command) {
            case GroupCommand.Write it -> write(it, write);
            case GroupCommand.Writes it ->
                    new GroupAnswer.Each(
                            it.each().stream().map(each -> write(each, write)).toList());
            case GroupCommand.Serve it -> serve(it.vShard(), it.serving());
            case GroupCommand.Step it -> step(it.kind(), it.attempt(), index);
            case GroupCommand.Resume it -> resume(it.attempt(), it.serving());
            case GroupCommand.Leave it -> leave(it);
            case GroupCommand.Adopt it -> adopt(it.members());
            case GroupCommand.Observe it -> observe(it, term);
        };
    }

    /// Returns how writes would be refused; empty if one of them would take effect, or it is
    /// another command.
    Optional<GroupAnswer> refusal(GroupCommand command) {
        if (command instanceof GroupCommand.Write write) {
            return refusal(write);
        }
        if (!(command instanceof GroupCommand.Writes writes)) {
            return Optional.empty();
        }
        List<GroupAnswer> refused =
                writes.each().stream().map(this::refusal).flatMap(Optional::stream).toList();
        return refused.size() == writes.each().size()
                ? Optional.of(new GroupAnswer.Each(refused))
                : Optional.empty();
    }

    private Optional<GroupAnswer> refusal(GroupCommand.Write write) {
        ShardGuard guard = guard(write.vShard());
        if (!guard.serving().equals(write.as())) {
            return Optional.of(new GroupAnswer.NotServed(guard.serving()));
        }
        return guard.isPaused() ? Optional.of(new GroupAnswer.Paused()) : Optional.empty();
    }

    private GroupAnswer write(
            GroupCommand.Write write, BiFunction<VShardId, ByteString, ByteString> data) {
        return refusal(write)
                .orElseGet(
                        () -> new GroupAnswer.Wrote(data.apply(write.vShard(), write.payload())));
    }

    private GroupAnswer serve(VShardId vShard, Serving serving) {
        ShardGuard guard = guard(vShard);
        if (serving.epoch().compareTo(guard.serving().epoch()) > 0) {
            shards.put(vShard, guard.servedBy(serving));
        }
        return new GroupAnswer.Taken(0);
    }

    private GroupAnswer step(GroupCommand.Kind kind, Attempt attempt, long index) {
        return switch (kind) {
            case ADD_LEARNER -> forward(attempt).orElseGet(() -> add(attempt));
            case PROMOTE -> forward(attempt).orElseGet(() -> promote(attempt));
            case PAUSE -> forward(attempt).orElseGet(() -> pause(attempt, index));
            case LEAD -> forward(attempt).orElseGet(() -> lead(attempt));
            case REMOVE -> remove(attempt);
            case FENCE -> fence(attempt);
        };
    }

    /// Refuses what comes too late.
    private Optional<GroupAnswer> forward(Attempt attempt) {
        ShardGuard guard = guard(attempt.vShard());
        if (guard.isOver(attempt.number())) {
            return Optional.of(new GroupAnswer.Fenced(guard.seen()));
        }
        shards.put(attempt.vShard(), guard.sees(attempt.number()));
        return Optional.empty();
    }

    private GroupAnswer add(Attempt attempt) {
        Member now = member(attempt.target());
        switch (now.is()) {
            case NONE -> become(attempt.target(), Membership.LEARNER, attempt);
            case LEARNER -> members.put(attempt.target(), now.ownedBy(attempt));
            case VOTER -> {}
        }
        return new GroupAnswer.Taken(member(attempt.target()).since());
    }

    private GroupAnswer promote(Attempt attempt) {
        if (member(attempt.target()).is() != Membership.VOTER) {
            become(attempt.target(), Membership.VOTER, attempt);
        }
        return new GroupAnswer.Taken(member(attempt.target()).since());
    }

    private void become(NodeId node, Membership next, Attempt attempt) {
        Member now = member(node);
        version++;
        members.put(
                node, now.becoming(next, version, isInEffect(node, now.since())).ownedBy(attempt));
    }

    private GroupAnswer pause(Attempt attempt, long index) {
        ShardGuard guard = guard(attempt.vShard());
        if (attempt.number() <= guard.resumed()) {
            return new GroupAnswer.Fenced(guard.seen());
        }
        if (guard.pausedBy() != attempt.number()) {
            shards.put(attempt.vShard(), guard.paused(attempt.number(), index));
        }
        return new GroupAnswer.Taken(0);
    }

    private GroupAnswer lead(Attempt attempt) {
        lead = Optional.of(attempt);
        return new GroupAnswer.Taken(0);
    }

    private GroupAnswer resume(Attempt attempt, Serving serving) {
        ShardGuard guard = guard(attempt.vShard());
        if (attempt.number() < guard.seen()) {
            return new GroupAnswer.Fenced(guard.seen());
        }
        ShardGuard open = guard.sees(attempt.number()).resumed(attempt.number());
        int newer = serving.epoch().compareTo(guard.serving().epoch());
        boolean counts = newer > 0 || newer == 0 && serving.equals(guard.serving());
        shards.put(attempt.vShard(), counts ? open.servedBy(serving) : open);
        return new GroupAnswer.Taken(0);
    }

    private GroupAnswer remove(Attempt attempt) {
        ShardGuard guard = guard(attempt.vShard());
        if (attempt.number() < guard.seen()) {
            return new GroupAnswer.Fenced(guard.seen());
        }
        shards.put(attempt.vShard(), guard.sees(attempt.number()));
        Member now = member(attempt.target());
        if (now.isOf(attempt) && now.is().compareTo(attempt.before()) > 0) {
            become(attempt.target(), attempt.before(), attempt);
        }
        return new GroupAnswer.Taken(member(attempt.target()).since());
    }

    /// What is over stays as it is in effect; what is not in effect yet never will be. Each fence
    /// is a version of its own: once that was looked at, no change from before is under way.
    private GroupAnswer fence(Attempt attempt) {
        ShardGuard guard = guard(attempt.vShard());
        if (attempt.number() <= guard.over()) {
            return new GroupAnswer.Taken(guard.overVersion());
        }
        version++;
        shards.put(attempt.vShard(), guard.ended(attempt.number(), version));
        members.replaceAll((node, member) ->
                member.isOfOneUpTo(attempt) && !isInEffect(node, member.since())
                        ? member.becoming(member.was(), version, false)
                        : member);
        lead =
                lead.filter(each ->
                        !each.vShard().equals(attempt.vShard())
                                || each.number() > attempt.number());
        return new GroupAnswer.Taken(version);
    }

    /// Nobody's attempt owns what was taken out: no fence brings it back.
    private GroupAnswer leave(GroupCommand.Leave leave) {
        Departure last = departures.getOrDefault(leave.node(), Departure.NEVER);
        if (leave.configVersion() < last.configVersion()) {
            return new GroupAnswer.Fenced(last.configVersion());
        }
        if (leave.configVersion() == last.configVersion()) {
            return new GroupAnswer.Taken(last.version());
        }
        Configuration left = wanted().with(leave.node(), Membership.NONE);
        if (left.voters().isEmpty()) {
            return new GroupAnswer.Needed();
        }
        Member now = member(leave.node());
        Membership was = isInEffect(leave.node(), now.since()) ? now.is() : now.was();
        version++;
        departures.put(leave.node(), new Departure(leave.configVersion(), version));
        members.put(leave.node(), new Member(Membership.NONE, was, -1, 0, version));
        return new GroupAnswer.Taken(version);
    }

    private GroupAnswer adopt(Configuration found) {
        if (!isAdopted()) {
            version++;
            found.voters().forEach(node -> adopt(node, Membership.VOTER));
            found.learners().forEach(node -> adopt(node, Membership.LEARNER));
        }
        return new GroupAnswer.Taken(version);
    }

    private void adopt(NodeId node, Membership is) {
        members.putIfAbsent(node, new Member(is, is, -1, 0, version));
    }

    private GroupAnswer observe(GroupCommand.Observe seen, long term) {
        if (seen.term() == term && seen.version() >= observedVersion) {
            observedVersion = seen.version();
            observed = seen.seen();
            members.entrySet()
                    .removeIf(each ->
                            each.getValue().is() == Membership.NONE
                                    && isInEffect(each.getKey(), each.getValue().since()));
        }
        return new GroupAnswer.Taken(0);
    }
}
