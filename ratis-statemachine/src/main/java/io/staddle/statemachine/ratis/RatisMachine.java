package io.staddle.statemachine.ratis;

import io.staddle.api.answer.Outcome;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Store;
import io.staddle.storage.View;

import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/// The thin adaptor between Ratis and the [Machine].
///
/// Ratis carries on after an exception in apply, which would let servers differ; so every failure
/// here goes to `halt`, which ends the process, and nothing is applied after it.
public final class RatisMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(RatisMachine.class);

    private final LiveStore live;
    private final Consumer<Throwable> halt;
    private final CheckpointStorage checkpoints = new CheckpointStorage();
    private final ConcurrentMap<Long, PendingEntry> pending = new ConcurrentHashMap<>();
    private final RecentDigests digests = new RecentDigests();
    private final StampClock clock;
    private volatile boolean broken;
    private volatile long restoredIndex = -1;
    private volatile long bytesSinceSnapshot;
    private volatile Runnable applied = () -> {};

    /// Applies to `live`.
    ///
    /// @param clock to stamp entries with
    /// @param halt ends the process; it may return in tests
    public RatisMachine(LiveStore live, StampClock clock, Consumer<Throwable> halt) {
        this.live = live;
        this.clock = clock;
        this.halt = halt;
        live.onFailure(this::fail);
        rememberTime();
    }

    /// Returns the clock to stamp entries with.
    public StampClock clock() {
        return clock;
    }

    /// Announces an entry that this server is about to propose under a call id.
    public void announce(long callId, PendingEntry entry) {
        pending.put(callId, entry);
    }

    /// Forgets an announced entry, whatever became of it.
    public void forget(long callId) {
        pending.remove(callId);
    }

    /// Has `listener` called after entries were applied, on the thread that applies: it must not
    /// hold it up.
    public void onApplied(Runnable listener) {
        applied = listener;
    }

    /// Returns the digests after the newest entries.
    public RecentDigests digests() {
        return digests;
    }

    /// Returns how far the log was applied, entries without commands included; -1 for not at all.
    public long appliedIndex() {
        TermIndex last = getLastAppliedTermIndex();
        return last == null ? -1 : last.getIndex();
    }

    /// Tells whether it stands on the state of a backup, and nothing was applied since.
    public boolean isAsRestored() {
        return restoredIndex >= 0 && appliedIndex() == restoredIndex;
    }

    /// Returns the index of the newest snapshot; -1 for none.
    public long snapshotIndex() {
        return checkpoints.newestIndex();
    }

    /// Returns the bytes of the entries applied since the last snapshot, or since the start if that
    /// was later.
    public long bytesSinceSnapshot() {
        return bytesSinceSnapshot;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
            throws IOException {
        super.initialize(server, group, storage);
        checkpoints.init(storage);
        installNewest();
        layFoundation();
        rememberApplied();
        getLifeCycle().startAndTransition(() -> {});
    }

    /// A log that begins on the state of a backup begins after a snapshot of it.
    private void layFoundation() {
        if (live.isAsRestored()) {
            restoredIndex = live.appliedIndex();
            if (checkpoints.newest().isEmpty()) {
                live.checkpoint(checkpoints.path(live.store().applied()));
                checkpoints.refresh();
            }
        }
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        guarded(() -> {
            checkpoints.refresh();
            installNewest();
            rememberApplied();
            getLifeCycle().startAndTransition(() -> {});
        });
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return checkpoints;
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        PendingEntry entry = pending.get(request.getCallId());
        if (entry == null) {
            throw new IOException("commands are taken by Staddle's own API only");
        }
        entry.start();
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setStateMachineContext(entry)
                .build();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto logged = transaction.getLogEntry();
        LogPosition position = new LogPosition(logged.getTerm(), logged.getIndex());
        guarded(() -> apply(position, logged, transaction.getStateMachineContext()));
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    private void apply(LogPosition position, LogEntryProto logged, @Nullable Object context) {
        Store store = live.store();
        if (position.index() > store.applied().index()) {
            Machine machine = new Machine(store);
            if (context instanceof PendingEntry entry) {
                entry.committed(position.index());
                noteTime(entry.entry());
                entry.applied(machine.apply(position, entry.entry()));
            } else {
                Entry entry =
                        EntryCodec.decode(
                                logged.getStateMachineLogEntry()
                                        .getLogData()
                                        .asReadOnlyByteBuffer());
                noteTime(entry);
                List<Outcome> nobodyWaits = machine.apply(position, entry);
                LOG.trace("{}: {} outcomes", position, nobodyWaits.size());
            }
            digests.add(position.index(), store.digest());
        }
        setBytesSinceSnapshot(bytesSinceSnapshot + logged.getSerializedSize());
        notifyTermIndexUpdated(position.term(), position.index());
    }

    private void noteTime(Entry applied) {
        clock.seen(applied.stampMillis());
        if (applied.jumpMillis() > 0) {
            LOG.warn(
                    "Logical time jumped ahead by {} ms with the clock of a leader, or while no"
                            + " leader wrote: leases are held for a while",
                    applied.jumpMillis());
        }
    }

    /// Only the thread that applies calls it.
    private void setBytesSinceSnapshot(long bytes) {
        bytesSinceSnapshot = bytes;
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        // After a restart Ratis goes through entries again that the store has already.
        TermIndex last = getLastAppliedTermIndex();
        if (last == null || index > last.getIndex()) {
            updateLastAppliedTermIndex(term, index);
            applied.run();
        }
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public long takeSnapshot() {
        LogPosition position = live.store().applied();
        if (position.index() < 0) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        guarded(() -> {
            if (!Files.exists(checkpoints.path(position))) {
                live.store().checkpoint(checkpoints.path(position));
            }
            checkpoints.refresh();
            setBytesSinceSnapshot(0);
        });
        return position.index();
    }

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto failed) {
        fail(new IOException("the replicated log cannot be written", cause));
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
        LOG.info("The seat in the quorum is given up");
    }

    @Override
    public void close() throws IOException {
        super.close();
        live.close();
    }

    private void installNewest() {
        checkpoints
                .newest()
                .filter(each -> each.position().index() > live.store().applied().index())
                .ifPresent(snapshot -> {
                    LOG.info("Installing the snapshot of {}", snapshot.position());
                    live.install(snapshot.path());
                });
    }

    private void rememberApplied() {
        LogPosition applied = live.store().applied();
        if (applied.index() >= 0) {
            setLastAppliedTermIndex(TermIndex.valueOf(applied.term(), applied.index()));
            digests.start(applied.index(), live.store().digest());
            rememberTime();
        }
    }

    private void rememberTime() {
        try (View view = live.view()) {
            clock.seen(new Queries(view).logicalNowMillis());
        }
    }

    private void guarded(Runnable action) {
        if (broken) {
            throw new IllegalStateException("this server has failed and must stop");
        }
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private void fail(Throwable cause) {
        broken = true;
        halt.accept(cause);
    }
}
