package io.staddle.server.testing;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.raft.DigestExchange;
import io.staddle.server.raft.Follower;
import io.staddle.server.raft.MemberChange;
import io.staddle.server.raft.PeerApi;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.raft.Progress;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.server.raft.Role;
import io.staddle.server.raft.Roster;
import io.staddle.server.raft.Standing;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.ratis.StampClock;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Digest;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.StoreFigure;
import io.staddle.storage.View;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A quorum of one that a test drives: entries and rounds wait until it says what becomes of them,
/// or are applied at once by a real machine on a store in memory.
public final class FakeQuorum implements Quorum {
    /// An entry that was proposed.
    public record Proposed(
            List<PreparedCommand> commands, CompletableFuture<List<Outcome>> outcome) {
        /// Answers as many outcomes as there are commands; `index` tells the entries apart.
        public void commit(long index) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                Answer answer = new Answer.Removed("commands", i);
                outcomes.add(new Outcome.Done(new Revision(index, i), answer));
            }
            outcome.complete(outcomes);
        }
    }

    /// Entries that wait, the oldest first.
    public final List<Proposed> entries = new CopyOnWriteArrayList<>();

    /// Rounds that wait, the oldest first.
    public final List<CompletableFuture<Void>> rounds = new ArrayList<>();

    /// What could not be read, the oldest first.
    public final List<Throwable> readFailures = new CopyOnWriteArrayList<>();

    private final HeapStore store = HeapStore.create(Schema.TABLES);
    private final Machine machine = new Machine(store);
    private final AtomicInteger viewsOpened = new AtomicInteger();
    private volatile boolean applies;
    private volatile Roster roster = new Roster(List.of(), List.of());
    private volatile Runnable appliedListener = () -> {};
    private final StampClock clock = new StampClock(InstantSource.system(), System::nanoTime);
    private volatile Standing standing = leader(0, 0);
    private volatile long stampMillis;

    /// Guarded by `this`.
    private long jumpMillis;

    /// Makes it stamp the entries that follow with this time.
    public void stampedAt(long millis) {
        stampMillis = millis;
    }

    /// Makes it stamp the entries that follow with this time, as after a jump of the clock.
    public synchronized void jumpsTo(long millis) {
        jumpMillis = millis - stampMillis;
        stampMillis = millis;
    }

    /// Makes it decide each entry, and end each round, at once.
    public FakeQuorum applying() {
        applies = true;
        return this;
    }

    /// Makes entries and rounds wait again.
    public FakeQuorum waiting() {
        applies = false;
        return this;
    }

    /// Makes it say this of itself.
    public void stands(Standing next) {
        standing = next;
    }

    /// Applies an empty entry.
    public void advanceTo(long index) {
        store.commit(store.begin(), new LogPosition(1, index));
    }

    /// Counts the views that were opened.
    public int viewsOpened() {
        return viewsOpened.get();
    }

    /// A leader that can serve.
    public static Standing leader(long commitIndex, long appliedIndex) {
        return standing(Role.LEADER, commitIndex, appliedIndex, 0);
    }

    /// A follower that heard its leader so long ago.
    public static Standing follower(long commitIndex, long appliedIndex, long heardMillis) {
        return standing(Role.FOLLOWER, commitIndex, appliedIndex, heardMillis);
    }

    /// A standing with what matters here.
    public static Standing standing(Role role, long commit, long applied, long heardMillis) {
        return new Standing(
                role,
                1,
                Optional.of(new ServerId("s1")),
                role == Role.LEADER,
                new Progress(commit, commit, commit, applied),
                heardMillis,
                -1);
    }

    /// A follower with so many entries in its log, and so many of them on the disk.
    public static Standing writing(long last, long flushed) {
        return new Standing(
                Role.FOLLOWER,
                1,
                Optional.of(new ServerId("s1")),
                false,
                new Progress(last, flushed, 0, 0),
                0,
                -1);
    }

    @Override
    public synchronized CompletableFuture<List<Outcome>> propose(List<PreparedCommand> commands) {
        Proposed proposed = new Proposed(List.copyOf(commands), new CompletableFuture<>());
        if (applies) {
            Entry entry =
                    new Entry(
                            stampMillis,
                            jumpMillis,
                            commands.stream().map(PreparedCommand::proposal).toList());
            jumpMillis = 0;
            clock.seen(stampMillis);
            LogPosition position = new LogPosition(1, Math.max(1, store.applied().index() + 1));
            List<Outcome> outcomes = machine.apply(position, entry);
            appliedListener.run();
            return CompletableFuture.completedFuture(outcomes);
        }
        entries.add(proposed);
        return proposed.outcome();
    }

    @Override
    public synchronized CompletableFuture<Void> linearize() {
        CompletableFuture<Void> round = new CompletableFuture<>();
        rounds.add(round);
        if (applies) {
            round.complete(null);
        }
        return round;
    }

    @Override
    public View view() {
        viewsOpened.incrementAndGet();
        return store.view();
    }

    @Override
    public void onApplied(Runnable listener) {
        appliedListener = listener;
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public Map<ServerId, Long> matchIndexes() {
        return Map.of();
    }

    @Override
    public Optional<ServerId> leader() {
        return standing.leader();
    }

    @Override
    public StampClock clock() {
        return clock;
    }

    @Override
    public OptionalLong leadingTerm() {
        return standing.leaderReady() ? OptionalLong.of(standing.term()) : OptionalLong.empty();
    }

    @Override
    public CompletableFuture<ServerId> transferLeadership(Optional<ServerId> to, Duration timeout) {
        return CompletableFuture.completedFuture(to.orElseThrow());
    }

    @Override
    public CompletableFuture<Void> stepDown(Duration timeout) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Roster roster() {
        return roster;
    }

    /// Makes these its members.
    public void consistsOf(Roster next) {
        roster = next;
    }

    @Override
    public List<Follower> followers() {
        return List.of();
    }

    @Override
    public CompletableFuture<Optional<Refusal>> change(MemberChange change, Origin by) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Void> noteMembers() {
        return CompletableFuture.completedFuture(null);
    }

    /// What other servers say of themselves, by their names.
    public final Map<String, IntroduceAnswer> introductions = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<IntroduceAnswer> introduce(ServerAddress other) {
        IntroduceAnswer answer = introductions.get(other.id().value());
        return answer == null
                ? CompletableFuture.failedFuture(new QuorumUnavailableException("silent"))
                : CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        return CompletableFuture.completedFuture(store.applied().index());
    }

    @Override
    public void checkpoint(Path target) {
        store.checkpoint(target);
    }

    @Override
    public void keepLogShort() {
        // it has no log
    }

    @Override
    public Digest verify() {
        return store.verify();
    }

    @Override
    public long figure(StoreFigure figure) {
        return figure.name().length();
    }

    @Override
    public void readFailed(Throwable failure) {
        readFailures.add(failure);
    }

    /// What the other servers say of their digests.
    public final FakeDigests digests = new FakeDigests();

    @Override
    public DigestExchange digests() {
        return digests;
    }

    @Override
    public PeerApi peers() {
        return new NoPeers();
    }

    private static final class NoPeers extends PeersGrpc.PeersImplBase implements PeerApi {
        @Override
        public void close() {
            // nobody asks it
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
