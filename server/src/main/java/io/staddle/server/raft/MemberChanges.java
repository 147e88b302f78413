package io.staddle.server.raft;

import static io.staddle.server.raft.Objections.done;
import static io.staddle.server.raft.Objections.notThere;
import static io.staddle.server.raft.Objections.refuse;
import static io.staddle.server.raft.Objections.tooFew;
import static io.staddle.server.raft.Objections.unsafe;
import static io.staddle.server.raft.Objections.words;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.Refusal.UnsafeMembership;
import io.staddle.server.config.ServerAddress;

import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Changes who is in the quorum, one server at a time, on the leader.
///
/// A server is added in two steps: it listens, which Ratis puts into effect once it has nearly all
/// of the log, and then it counts. So no majority ever needs one that has nothing. A change is put
/// into effect by Raft's joint consensus, so two leaders cannot do different ones.
final class MemberChanges {
    private static final Logger LOG = LoggerFactory.getLogger(MemberChanges.class);
    private static final Duration HANDOVER = Duration.ofSeconds(3);

    /// How many entries a server may be behind that is to count.
    private static final long LAG_MAX = 1_000;

    private static final int MEMBERS_MAX = 7;
    private static final String BRING_BACK =
            "Start the servers that are down first: staddle server list";

    private final RaftNode node;
    private final Seat seat;
    private final Rosters rosters;
    private final RaftCalls calls;
    private final MemberNotes notes;
    private final Newcomers newcomers;

    /// The last one that was begun here. Changed under this.
    private volatile Optional<Adding> adding = Optional.empty();

    /// A server that gets the log, and is in no configuration yet.
    private record Adding(ServerAddress address, CompletableFuture<Optional<String>> end) {
        boolean goesOn() {
            return !end.isDone();
        }
    }

    MemberChanges(RaftNode node, Seat seat, Rosters rosters, RaftCalls calls, MemberNotes notes) {
        this.node = node;
        this.notes = notes;
        this.newcomers = new Newcomers(node);
        this.seat = seat;
        this.rosters = rosters;
        this.calls = calls;
    }

    /// Puts a change into effect; of an addition, begins or goes on with it.
    ///
    /// @param by who asked and why, for history
    CompletableFuture<Optional<Refusal>> change(MemberChange change, Origin by) {
        // First what has changed before: it is not of whoever asks now.
        return notes.note()
                .thenCompose(_ -> {
                    notes.asked(change.server(), by);
                    return begun(change, by);
                });
    }

    private CompletableFuture<Optional<Refusal>> begun(MemberChange change, Origin by) {
        Roster roster = rosters.now();
        if (roster.isChanging()) {
            return isUnderWay(change)
                    ? done()
                    : refuse(change, "another change goes on", "Try again in a moment.");
        }
        return switch (change) {
            case MemberChange.Add add -> add(add, roster, by);
            case MemberChange.Promote promote -> promote(promote, roster);
            case MemberChange.Remove remove -> remove(remove, roster);
            case MemberChange.Prefer prefer -> prefer(prefer, roster);
        };
    }

    /// An addition is repeated until the server listens, also while that comes into effect.
    private boolean isUnderWay(MemberChange change) {
        return change instanceof MemberChange.Add(var address)
                && newcomer().filter(address::equals).isPresent();
    }

    private CompletableFuture<Optional<Refusal>> add(
            MemberChange.Add add, Roster roster, Origin by) {
        Optional<Member> there = roster.find(add.server());
        if (there.isPresent()) {
            return there.get().address().equals(add.address())
                    ? done()
                    : refuse(
                            add,
                            "it is in the quorum already, at " + words(there.get().address()),
                            "Use those addresses; to give it others, remove it first.");
        }
        Optional<Adding> before = taken(add.address());
        if (before.isPresent() && before.get().goesOn()) {
            return done();
        }
        Optional<String> failure = before.flatMap(each -> each.end().join());
        if (failure.isPresent()) {
            return refuse(
                    add,
                    "it did not get the log: " + failure.get(),
                    "See that the others reach it at %s, and repeat it."
                            .formatted(add.address().raft()));
        }
        Optional<UnsafeMembership> objection = objection(add, roster);
        return objection.isPresent()
                ? CompletableFuture.completedFuture(Optional.of(objection.get()))
                : newcomers
                        .admit(add, by)
                        .thenApply(refusal -> refusal.isPresent() ? refusal : begin(add));
    }

    private Optional<UnsafeMembership> objection(MemberChange.Add add, Roster roster) {
        Predicate<Member> clashes =
                each ->
                        each.address().api().equals(add.address().api())
                                || each.address().raft().equals(add.address().raft());
        Optional<ServerId> other =
                roster.members().stream()
                        .filter(each -> !each.votes())
                        .map(Member::id)
                        .findFirst()
                        .or(this::beingAdded);
        if (other.isPresent()) {
            return unsafe(
                    add,
                    "server %s is being added, and one is added at a time".formatted(other.get()),
                    "Finish that: staddle server add %s, or: staddle server remove %s"
                            .formatted(other.get(), other.get()));
        }
        if (roster.members().stream().anyMatch(clashes)) {
            return unsafe(add, "another server has that address", "See: staddle server list");
        }
        return roster.members().size() >= MEMBERS_MAX
                ? unsafe(
                        add,
                        "a quorum has at most %d servers".formatted(MEMBERS_MAX),
                        "Remove one first: staddle server remove SERVER")
                : Optional.empty();
    }

    /// Returns the server that is being added, and is in no configuration yet.
    Optional<ServerAddress> newcomer() {
        return adding.filter(Adding::goesOn).map(Adding::address);
    }

    private Optional<ServerId> beingAdded() {
        return newcomer().map(ServerAddress::id);
    }

    /// Returns the addition of that server, and forgets it if it has ended.
    private synchronized Optional<Adding> taken(ServerAddress address) {
        Optional<Adding> found = adding.filter(each -> each.address().equals(address));
        if (found.isPresent() && !found.get().goesOn()) {
            adding = Optional.empty();
        }
        return found;
    }

    private synchronized Optional<Refusal> begin(MemberChange.Add add) {
        if (beingAdded().isPresent()) {
            return Optional.empty(); // at the same moment: the next look says how it goes
        }
        LOG.info("server {} is being added at {}", add.server(), words(add.address()));
        Adding mine = new Adding(add.address(), new CompletableFuture<>());
        adding = Optional.of(mine);
        Stream<RaftPeer> more = Stream.of(Members.peer(add.address()));
        var _ =
                configure(
                                rosters.voters(),
                                Stream.concat(rosters.listeners().stream(), more).toList())
                        .whenComplete((failure, _) -> {
                            LOG.info("server {}: {}", add.server(), failure.orElse("listens"));
                            mine.end().complete(failure);
                            var _ = notes.note();
                        });
        return Optional.empty();
    }

    private CompletableFuture<Optional<Refusal>> promote(
            MemberChange.Promote promote, Roster roster) {
        Optional<Member> member = roster.find(promote.server());
        if (member.isEmpty()) {
            return notThere(promote);
        }
        if (member.get().votes()) {
            return done();
        }
        Optional<Follower> follower = follower(promote.server());
        long lag = seat.standing().commitIndex() - follower.map(Follower::matchIndex).orElse(-1L);
        if (lag > LAG_MAX || !follower.map(Follower::isHeard).orElse(false)) {
            return refuse(
                    promote,
                    "it is %d entries behind, or was not heard lately".formatted(lag),
                    "It counts once it has caught up: repeat it.");
        }
        List<Member> then = Stream.concat(roster.voters().stream(), member.stream()).toList();
        return ifEnough(
                promote,
                then,
                () ->
                        configured(
                                promote,
                                Stream.concat(rosters.voters().stream(), listener(promote.server()))
                                        .toList(),
                                rosters.listeners().stream()
                                        .filter(isNot(promote.server()))
                                        .toList()));
    }

    private CompletableFuture<Optional<Refusal>> remove(MemberChange.Remove remove, Roster roster) {
        Optional<Member> member = roster.find(remove.server());
        if (member.isEmpty()) {
            return beingAdded().filter(remove.server()::equals).isPresent()
                    ? refuse(
                            remove,
                            "it is being added",
                            "Try again when it listens, or was given up after half a minute.")
                    : done();
        }
        List<Member> left = roster.without(remove.server()).stream().filter(Member::votes).toList();
        return member.get().votes()
                ? ifEnough(remove, left, () -> removed(remove, roster))
                : removed(remove, roster);
    }

    private CompletableFuture<Optional<Refusal>> removed(
            MemberChange.Remove remove, Roster roster) {
        if (remove.server().equals(node.me())) {
            return node.transferLeadership(Optional.empty(), HANDOVER)
                    .thenCompose(next ->
                            CompletableFuture.failedFuture(
                                    new NotLeaderException(
                                            roster.find(next).map(Member::address))));
        }
        return configured(
                remove,
                rosters.voters().stream().filter(isNot(remove.server())).toList(),
                rosters.listeners().stream().filter(isNot(remove.server())).toList());
    }

    /// Goes on if a majority of those who would count is there. They are asked now: who was heard a
    /// moment ago may be dead, and a new leader takes everyone as heard.
    private CompletableFuture<Optional<Refusal>> ifEnough(
            MemberChange change,
            List<Member> voters,
            Supplier<CompletableFuture<Optional<Refusal>>> goOn) {
        List<CompletableFuture<Boolean>> asked = voters.stream().map(this::isThere).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenCompose(_ -> {
                    long there = asked.stream().filter(CompletableFuture::join).count();
                    return there > voters.size() / 2
                            ? goOn.get()
                            : refuse(change, tooFew(there, voters.size()), BRING_BACK);
                });
    }

    private CompletableFuture<Optional<Refusal>> prefer(MemberChange.Prefer prefer, Roster roster) {
        if (roster.find(prefer.server()).isEmpty()) {
            return notThere(prefer);
        }
        UnaryOperator<RaftPeer> change =
                peer ->
                        isNot(prefer.server()).test(peer)
                                ? peer
                                : RaftPeer.newBuilder(peer).setPriority(prefer.priority()).build();
        return configured(
                prefer,
                rosters.voters().stream().map(change).toList(),
                rosters.listeners().stream().map(change).toList());
    }

    private CompletableFuture<Optional<Refusal>> configured(
            MemberChange change, List<RaftPeer> voters, List<RaftPeer> listeners) {
        LOG.info("{}: {} and, listening, {}", change, voters, listeners);
        return configure(voters, listeners)
                .thenCompose(failure -> {
                    if (failure.isEmpty()) {
                        return notes.note().thenApply(_ -> Optional.empty());
                    }
                    // Whoever repeats it learns whether it came into effect.
                    throw new QuorumUnavailableException(failure.get());
                });
    }

    private CompletableFuture<Optional<String>> configure(
            List<RaftPeer> voters, List<RaftPeer> listeners) {
        return calls.configure(
                SetConfigurationRequest.Arguments.newBuilder()
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                        .setServersInCurrentConf(rosters.voters())
                        .setListenersInCurrentConf(rosters.listeners())
                        .setServersInNewConf(new ArrayList<>(voters))
                        .setListenersInNewConf(new ArrayList<>(listeners))
                        .build());
    }

    private CompletableFuture<Boolean> isThere(Member member) {
        if (member.id().equals(node.me())) {
            return CompletableFuture.completedFuture(true);
        }
        return follower(member.id()).filter(Follower::isHeard).isPresent()
                ? node.introduce(member.address()).handle((_, failure) -> failure == null)
                : CompletableFuture.completedFuture(false);
    }

    private Optional<Follower> follower(ServerId id) {
        return seat.followers().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    private Stream<RaftPeer> listener(ServerId id) {
        return rosters.listeners().stream().filter(isNot(id).negate());
    }

    private static Predicate<RaftPeer> isNot(ServerId id) {
        return peer -> !Members.serverId(peer.getId()).equals(id);
    }
}
