package io.staddle.server.raft;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.Command;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.exit.Damage;
import io.staddle.server.exit.Failpoint;
import io.staddle.server.peer.Deployment;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.trace.EntryTrace;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.ratis.LiveStore;
import io.staddle.statemachine.ratis.PendingEntry;
import io.staddle.statemachine.ratis.RatisMachine;
import io.staddle.statemachine.ratis.StampClock;
import io.staddle.statemachine.state.Configs;
import io.staddle.storage.Digest;
import io.staddle.storage.StoreFigure;
import io.staddle.storage.View;

import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A seat in the quorum, by Apache Ratis. Commands are submitted within the process: through
/// Ratis' own client they would cost several times as much.
public final class RaftNode implements Quorum {
    private static final long TOLD_MILLIS = 500;

    private final RaftServer server;
    private final RatisMachine machine;
    private final LiveStore live;
    private final Members members;
    private final Seat seat;
    private final RaftCalls calls;
    private final SnapshotPacer pacer;
    private final String deployment;
    private final ServerId me;
    private final Rosters rosters;
    private final Links links;
    private final MemberNotes notes;
    private final MemberChanges changes;
    private final ReadIndex readIndex;
    private final Applied applied;
    private final PeerDigests digests;
    private final DataDirectory data;
    private final Consumer<Throwable> halt;
    private final AtomicBoolean damaged = new AtomicBoolean();

    private RaftNode(
            RaftServer server,
            RatisMachine machine,
            LiveStore live,
            ServerConfig config,
            DataDirectory data,
            Consumer<Throwable> halt) {
        this.server = server;
        this.data = data;
        this.machine = machine;
        this.live = live;
        this.members = Members.of(config);
        this.me = config.server();
        this.halt = halt;
        RaftServer.Division division = division(server, members);
        this.seat = new Seat(division, machine);
        this.rosters = new Rosters(division, members);
        this.calls = new RaftCalls(server, members.group().getGroupId());
        this.deployment = config.deployment();
        this.pacer = new SnapshotPacer(machine, live, calls, config.snapshots().bytes());
        Duration patience = Duration.ofMillis(config.election().maxMillis());
        this.links = new Links(new PeerChannels(config.tls(), patience), deployment);
        this.readIndex = new ReadIndex(me, seat, rosters, links);
        this.digests = new PeerDigests(machine.digests(), me, rosters, links);
        this.notes = new MemberNotes(this);
        this.changes = new MemberChanges(this, seat, rosters, calls, notes);
        config.tls().ifPresent(tls -> tls.count(new LetIn(rosters, changes::newcomer)));
        this.applied = new Applied(seat::appliedIndex);
        onApplied(() -> {});
    }

    /// Takes the seat that the configuration names, on its data directory.
    ///
    /// @param clock to stamp entries with
    /// @param halt ends the process, when going on could do harm
    /// @throws io.staddle.server.data.DataRefusedException if part of the data is missing
    /// @throws io.staddle.storage.StorageException if the store is foreign or damaged
    /// @throws IOException if the log is damaged or the port is taken
    public static RaftNode start(
            ServerConfig config, DataDirectory data, StampClock clock, Consumer<Throwable> halt)
            throws IOException {
        requireFree(config.raft());
        StartupOption option = data.isFresh() ? StartupOption.FORMAT : StartupOption.RECOVER;
        LiveStore live = StateDirectory.open(config, data);
        Members members = Members.of(config);
        RatisMachine machine = new RatisMachine(live, clock, halt);
        try {
            RaftServer server =
                    RaftServer.newBuilder()
                            .setServerId(Members.peerId(config.server()))
                            .setGroup(
                                    data.isStranger() ? members.groupOfStranger() : members.group())
                            .setProperties(RaftSettings.of(config, data.raft()))
                            .setParameters(RaftTls.of(config))
                            .setStateMachine(machine)
                            .setOption(option)
                            .build();
            server.start();
            return new RaftNode(server, machine, live, config, data, halt);
        } catch (IOException | RuntimeException | Error e) {
            live.close();
            throw e;
        }
    }

    private static RaftServer.Division division(RaftServer server, Members members) {
        try {
            return server.getDivision(members.group().getGroupId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ratis would end the process by itself, with a code of its own.
    private static void requireFree(HostPort address) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(address.socketAddress());
        } catch (IOException e) {
            throw new IOException("cannot listen for other servers at " + address + ": " + e, e);
        }
    }

    @Override
    public CompletableFuture<List<Outcome>> propose(List<PreparedCommand> commands) {
        if (!seat.leads()) {
            return CompletableFuture.failedFuture(notLeader());
        }
        StampClock.Stamp stamp = machine.clock().stamp();
        List<Command> encoded = new ArrayList<>(commands.size());
        List<Proposal> proposals = new ArrayList<>(commands.size());
        EntryTrace trace = EntryTrace.NONE;
        for (PreparedCommand command : commands) {
            encoded.add(command.encoded());
            proposals.add(command.proposal());
            trace = trace.with(command.trace());
        }
        PendingEntry entry =
                new PendingEntry(
                        new Entry(stamp.millis(), stamp.jumpMillis(), proposals),
                        trace.begin(commands.size()));
        long callId = calls.nextId();
        machine.announce(callId, entry);
        return trace.endingWith(
                calls.write(callId, EntryCodec.encode(stamp.millis(), stamp.jumpMillis(), encoded))
                        .thenApply(failure -> outcomes(callId, entry, failure)));
    }

    private List<Outcome> outcomes(long callId, PendingEntry entry, Optional<String> failure) {
        machine.forget(callId);
        if (failure.isEmpty() && entry.isApplied()) {
            return entry.outcomes();
        }
        if (!entry.isStarted()) {
            throw notLeader();
        }
        throw new QuorumUnavailableException(
                "leadership was lost meanwhile: " + failure.orElse("applied as a follower"));
    }

    @Override
    public CompletableFuture<Void> linearize() {
        return upToDate().thenCompose(applied::reach);
    }

    private CompletableFuture<Long> upToDate() {
        if (seat.leads()) {
            return readIndex.confirm();
        }
        Optional<PeerLink> leader =
                seat.leader().flatMap(rosters.now()::find).map(each -> links.to(each.address()));
        return leader.isPresent()
                ? leader.get().readIndex().exceptionally(RaftNode::unconfirmed)
                : CompletableFuture.failedFuture(
                        new QuorumUnavailableException("no leader is known"));
    }

    private static Long unconfirmed(Throwable failure) {
        throw new QuorumUnavailableException("the leader did not confirm: " + failure.getMessage());
    }

    @Override
    public PeerApi peers() {
        return new PeerService(
                new Deployment(deployment),
                seat,
                readIndex,
                digests,
                new Greeter(data.identity(), this, seat, data.restored()));
    }

    @Override
    public DigestExchange digests() {
        return digests;
    }

    @Override
    public View view() {
        return live.view();
    }

    @Override
    public void onApplied(Runnable listener) {
        machine.onApplied(() -> {
            Failpoint.at("apply");
            applied.advanced();
            listener.run();
        });
    }

    @Override
    public Standing standing() {
        return seat.standing();
    }

    @Override
    public Map<ServerId, Long> matchIndexes() {
        return seat.matchIndexes();
    }

    @Override
    public OptionalLong leadingTerm() {
        return seat.leadingTerm();
    }

    @Override
    public Optional<ServerId> leader() {
        return seat.leader();
    }

    @Override
    public StampClock clock() {
        return machine.clock();
    }

    @Override
    public CompletableFuture<ServerId> transferLeadership(Optional<ServerId> to, Duration timeout) {
        if (!seat.leads()) {
            return CompletableFuture.failedFuture(notLeader());
        }
        ServerId next = to.orElseGet(() -> seat.successor(rosters.now()));
        return calls.transfer(Members.peerId(next), timeout)
                .thenApply(failure -> {
                    if (failure.isPresent()) {
                        throw new QuorumUnavailableException(
                                next + " did not take over: " + failure.get());
                    }
                    return next;
                });
    }

    @Override
    public CompletableFuture<Void> stepDown(Duration timeout) {
        if (!seat.leads()) {
            return CompletableFuture.failedFuture(notLeader());
        }
        return calls.transfer(null, timeout)
                .thenAccept(failure -> {
                    if (failure.isPresent()) {
                        throw new QuorumUnavailableException(
                                "this server still leads: " + failure.get());
                    }
                });
    }

    @Override
    public Roster roster() {
        return rosters.now();
    }

    @Override
    public List<Follower> followers() {
        return seat.followers();
    }

    @Override
    public CompletableFuture<Optional<Refusal>> change(MemberChange change, Origin by) {
        return seat.leadingTerm().isPresent()
                ? changes.change(change, by)
                : CompletableFuture.failedFuture(notLeader());
    }

    @Override
    public CompletableFuture<Void> noteMembers() {
        return notes.note();
    }

    @Override
    public CompletableFuture<IntroduceAnswer> introduce(ServerAddress other) {
        return links.to(other).introduce(me);
    }

    ServerId me() {
        return me;
    }

    Optional<String> incarnationOf(ServerId server) {
        try (View view = live.view()) {
            return new Queries(view).server(server).map(ServerRecord::incarnation);
        }
    }

    int featureLevel() {
        try (View view = live.view()) {
            return Configs.of(view).featureLevel();
        }
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        return calls.snapshot()
                .thenApply(failure -> {
                    if (failure.isPresent()) {
                        throw new QuorumUnavailableException(
                                "no snapshot was taken: " + failure.get());
                    }
                    return machine.snapshotIndex();
                });
    }

    @Override
    public void checkpoint(Path target) {
        live.checkpoint(target);
    }

    @Override
    public void keepLogShort() {
        pacer.tick();
    }

    @Override
    public Digest verify() {
        return live.verify();
    }

    @Override
    public long figure(StoreFigure figure) {
        return live.figure(figure);
    }

    @Override
    public void readFailed(Throwable failure) {
        if (Damage.isIn(failure) && damaged.compareAndSet(false, true)) {
            // Once whoever asked has been told.
            CompletableFuture.delayedExecutor(TOLD_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> halt.accept(failure));
        }
    }

    @Override
    public void close() {
        links.close();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            live.close();
        }
    }

    private NotLeaderException notLeader() {
        return new NotLeaderException(
                seat.leader().flatMap(rosters.now()::find).map(Member::address));
    }
}
