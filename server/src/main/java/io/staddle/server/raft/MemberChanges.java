package io.staddle.server.raft;

import static io.staddle.server.raft.Objections.asRefusal;
import static io.staddle.server.raft.Objections.done;
import static io.staddle.server.raft.Objections.notThere;
import static io.staddle.server.raft.Objections.refuse;
import static io.staddle.server.raft.Objections.tooFew;
import static io.staddle.server.raft.Objections.unsafe;
import static io.staddle.server.raft.Objections.words;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.peer.v1.IntroduceAnswer;
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

    /// The last one that was begun here. Guarded by this.
    private Optional<Adding> adding = Optional.empty();

    /// A server that gets the log, and is in no configuration yet.
    private record Adding(ServerAddress address, CompletableFuture<Optional<String>> end) {
        boolean goesOn() {
            return !end.isDone();
        }
    }

    /// What a server said of itself, or why it said nothing.
    private record Met(Optional<IntroduceAnswer> answer, String failure) {}

    MemberChanges(RaftNode node, Seat seat, Rosters rosters, RaftCalls calls) {
        this.node = node;
        this.seat = seat;
        this.rosters = rosters;
        this.calls = calls;
    }

    /// Puts a change into effect; of an addition, begins or goes on with it.
    CompletableFuture<Optional<Refusal>> change(MemberChange change) {
        Roster roster = rosters.now();
        if (roster.isChanging()) {
            return refuse(change, "another change goes on", "Try again in a moment.");
        }
        return switch (change) {
            case MemberChange.Add add -> add(add, roster);
            case MemberChange.Promote promote -> promote(promote, roster);
            case MemberChange.Remove remove -> remove(remove, roster);
            case MemberChange.Prefer prefer -> prefer(prefer, roster);
        };
    }

    private CompletableFuture<Optional<Refusal>> add(MemberChange.Add add, Roster roster) {
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
                : node.introduce(add.address())
                        .handle((answer, why) ->
                                new Met(Optional.ofNullable(answer), String.valueOf(why)))
                        .thenCompose(met -> met(add, met));
    }

    private CompletableFuture<Optional<Refusal>> met(MemberChange.Add add, Met met) {
        Optional<Refusal> objection =
                met.answer()
                        .map(answer -> stranger(add, answer))
                        .orElseGet(() -> silent(add, met.failure()));
        return objection.isPresent()
                ? CompletableFuture.completedFuture(objection)
                : admit(add.server(), met.answer().orElseThrow().getIncarnation())
                        .thenApply(_ -> begin(add));
    }

    /// Makes its data directory known. If it was in the quorum once with another one, that one does
    /// not matter any more: it was taken out.
    private CompletableFuture<?> admit(ServerId server, String incarnation) {
        Optional<String> known = node.incarnationOf(server);
        if (known.isPresent() && known.get().equals(incarnation)) {
            return CompletableFuture.completedFuture(known);
        }
        AdminCommand command =
                known.isPresent()
                        ? new AdminCommand.ReplaceServer(server, known.get(), incarnation)
                        : new AdminCommand.AdmitServer(server, incarnation);
        Proposal proposal = new Proposal(command, new Origin("staddle/server-add", "", ""));
        return node.propose(List.of(new PreparedCommand(CommandCodec.encode(proposal), proposal)));
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

    /// It must be the one that is meant, in no other quorum, and know what is in force.
    private Optional<Refusal> stranger(MemberChange.Add add, IntroduceAnswer answer) {
        if (!answer.getServer().equals(add.server().value())) {
            return asRefusal(
                    unsafe(
                            add,
                            "at %s there is server %s"
                                    .formatted(add.address().api(), answer.getServer()),
                            "Correct the name or the address."));
        }
        if (answer.getMember()) {
            return asRefusal(
                    unsafe(
                            add,
                            "it is in a quorum of its own, as it knows",
                            "If it was in this one once, give it an empty directory: staddle server"
                                    + " format."));
        }
        int inForce = node.featureLevel();
        return answer.getNewestLevel() < inForce
                ? Optional.of(
                        new Refusal.ServerTooOld(
                                add.server().value(), inForce, answer.getNewestLevel()))
                : Optional.empty();
    }

    private static Optional<Refusal> silent(MemberChange.Add add, String failure) {
        return asRefusal(
                unsafe(
                        add,
                        "at %s it does not answer: %s".formatted(add.address().api(), failure),
                        "Start it with a configuration that names the others, too: staddle server"
                                + " format, then staddle server run. With TLS the others have to"
                                + " name it in theirs, and it needs certificates of the servers'"
                                + " authority: staddle certs server."));
    }

    private synchronized Optional<ServerId> beingAdded() {
        return adding.filter(Adding::goesOn).map(each -> each.address().id());
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
                .thenApply(failure -> {
                    if (failure.isEmpty()) {
                        return Optional.empty();
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
