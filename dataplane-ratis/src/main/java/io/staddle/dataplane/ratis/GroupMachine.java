package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;

import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// One replica of a group: applies its log to a [GroupState] and a [ShardStore].
///
/// Its lock orders what is applied with what a leader asks of Ratis on the strength of it: see
/// [#ifUnchanged].
final class GroupMachine extends BaseStateMachine {
    private static final String UNFINISHED = ".unfinished";

    private final ShardStore store;
    private final SimpleStateMachineStorage snapshots = new SimpleStateMachineStorage();
    private final Object lock = new Object();

    // Guarded by the lock, as the store is.
    private GroupState state = new GroupState();

    GroupMachine(ShardStore store) {
        this.store = store;
    }

    /// One call to Ratis.
    interface Call<T> {
        T start() throws IOException;
    }

    /// Looks at the state.
    <T> T look(Function<GroupState, T> view) {
        synchronized (lock) {
            return view.apply(state);
        }
    }

    /// Looks at the data.
    <T> T read(Function<ShardStore, T> view) {
        synchronized (lock) {
            return view.apply(store);
        }
    }

    /// Makes a call to Ratis unless the members were decided upon anew, as far as is applied here.
    /// Nothing is applied meanwhile. So what was decided in between is seen here, or comes later in
    /// the log than whatever the call appends to it. A server leads only after it has applied all
    /// that was committed before; if this one does not lead, Ratis refuses the call.
    <T> Optional<T> ifUnchanged(long version, Call<T> call) throws IOException {
        synchronized (lock) {
            return state.version() == version ? Optional.of(call.start()) : Optional.empty();
        }
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
            throws IOException {
        super.initialize(server, group, storage);
        snapshots.init(storage);
        forgetUnfinished();
        load(snapshots.loadLatestSnapshot());
        getLifeCycle().startAndTransition(() -> {});
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        load(snapshots.loadLatestSnapshot());
        getLifeCycle().startAndTransition(() -> {});
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    /// Refuses a write that would be refused anyway: those who wait for the end of a pause must not
    /// fill the log that it waits for. A leader has applied what was committed before it led.
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        TransactionContext transaction = super.startTransaction(request);
        GroupCommand command = GroupCodec.decodeCommand(request.getMessage().getContent());
        look(now -> now.refusal(command))
                .ifPresent(answer -> transaction.setException(RefusedWriteException.of(answer)));
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        GroupCommand command =
                GroupCodec.decodeCommand(entry.getStateMachineLogEntry().getLogData());
        ByteString answer;
        synchronized (lock) {
            answer =
                    GroupCodec.encode(
                            state.apply(
                                    command,
                                    entry.getTerm(),
                                    entry.getIndex(),
                                    (vShard, payload) ->
                                            UnsafeByteOperations.unsafeWrap(
                                                    store.apply(
                                                            vShard,
                                                            payload.asReadOnlyByteBuffer()))));
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        }
        return CompletableFuture.completedFuture(Message.valueOf(answer));
    }

    /// Tells how things stand with an attempt: its parameter is one, its answer a [Sighting].
    @Override
    public CompletableFuture<Message> query(Message request) {
        try {
            Attempt attempt = GroupCodec.decodeAttempt(request.getContent());
            return CompletableFuture.completedFuture(Message.valueOf(sight(attempt).encode()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Sighting sight(Attempt attempt) throws IOException {
        RaftServer.Division division = getServer().join().getDivision(getGroupId());
        long committed = division.getRaftLog().getLastCommittedIndex();
        NodeId self = Peers.node(division.getId());
        long match = attempt.target().equals(self) ? committed : match(division, attempt.target());
        synchronized (lock) {
            ShardGuard guard = state.guard(attempt.vShard());
            return new Sighting(
                    self,
                    committed,
                    match,
                    guard.pausedBy() == attempt.number() ? guard.pausedAt() : 0,
                    guard.isOver(attempt.number()) ? guard.seen() : 0,
                    state.observedVersion(),
                    state.member(attempt.target()).is(),
                    state.observed().of(attempt.target()));
        }
    }

    /// The two lists that Ratis gives are in the same order, unless the followers just change.
    private static long match(RaftServer.Division division, NodeId follower) {
        List<NodeId> before = followers(division);
        long[] matches = division.getInfo().getFollowerMatchIndices();
        int place = before.indexOf(follower);
        boolean isSame = before.equals(followers(division)) && matches.length == before.size();
        return isSame && place >= 0 ? Math.max(0, matches[place]) : 0;
    }

    private static List<NodeId> followers(RaftServer.Division division) {
        return division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream()
                .map(ServerRpcProto::getId)
                .map(peer -> new NodeId(peer.getId().toStringUtf8()))
                .toList();
    }

    @Override
    public long takeSnapshot() throws IOException {
        synchronized (lock) {
            TermIndex last = getLastAppliedTermIndex();
            if (last == null || last.getIndex() < 0) {
                return RaftLog.INVALID_LOG_INDEX;
            }
            File file = snapshots.getSnapshotFile(last.getTerm(), last.getIndex());
            MD5Hash sum = save(file);
            snapshots.updateLatestSnapshot(
                    new SingleFileSnapshotInfo(
                            new FileInfo(file.toPath(), sum), last.getTerm(), last.getIndex()));
            return last.getIndex();
        }
    }

    /// Ratis looks for files of that name whenever it has no snapshot, so it must find none that is
    /// not whole; and it purges the log after it, so it has to be on the disk.
    private MD5Hash save(File file) throws IOException {
        File unfinished = new File(file.getPath() + UNFINISHED);
        try (FileOutputStream bytes = new FileOutputStream(unfinished);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes))) {
            StateCodec.write(out, state);
            store.save(out);
            out.flush();
            bytes.getFD().sync();
        }
        MD5Hash sum = MD5FileUtil.computeMd5ForFile(unfinished);
        MD5FileUtil.saveMD5File(file, sum);
        Files.move(unfinished.toPath(), file.toPath(), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.getParentFile().toPath())) {
            directory.force(true);
        }
        return sum;
    }

    private void forgetUnfinished() throws IOException {
        Path directory = snapshots.getSnapshotFile(0, 0).toPath().getParent();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
            for (Path each : left) {
                Files.delete(each);
            }
        }
    }

    private void load(@Nullable SingleFileSnapshotInfo snapshot) throws IOException {
        if (snapshot == null) {
            return;
        }
        synchronized (lock) {
            try (DataInputStream in =
                    new DataInputStream(
                            new BufferedInputStream(
                                    Files.newInputStream(snapshot.getFile().getPath())))) {
                state = StateCodec.read(in);
                store.load(in);
            }
            setLastAppliedTermIndex(snapshot.getTermIndex());
        }
    }
}
