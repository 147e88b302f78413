package io.staddle.server.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.ChangeMembersAnswer;
import io.staddle.api.v1.ChangeMembersRequest;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.DigestRequest;
import io.staddle.api.v1.GetConfigAnswer;
import io.staddle.api.v1.GetConfigRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.PutConfig;
import io.staddle.api.v1.RaiseFeatureLevel;
import io.staddle.api.v1.ReplaceServer;
import io.staddle.api.v1.SaveBackupAnswer;
import io.staddle.api.v1.SaveBackupRequest;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.SnapshotAnswer;
import io.staddle.api.v1.SnapshotRequest;
import io.staddle.api.v1.TransferLeadershipAnswer;
import io.staddle.api.v1.TransferLeadershipRequest;
import io.staddle.server.front.ChangeLog;
import io.staddle.server.front.Failures;
import io.staddle.server.front.Fate;
import io.staddle.server.raft.MemberChange;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.CorruptDataException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// The servers themselves: each answers for itself.
final class ServersService extends ServersGrpc.ServersImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ServersService.class);

    private final ServerPortrait portrait;
    private final Commands commands;
    private final Reads reads;
    private final Executor longCalls;

    ServersService(ServerPortrait portrait, Commands commands, Reads reads, Executor longCalls) {
        this.portrait = portrait;
        this.commands = commands;
        this.reads = reads;
        this.longCalls = longCalls;
    }

    @Override
    public void describe(
            DescribeServerRequest request, StreamObserver<ServerDescription> observer) {
        new Reply<>(observer, longCalls).sendLater(portrait::describe);
    }

    @Override
    public void digest(DigestRequest request, StreamObserver<DigestAnswer> observer) {
        Reply<DigestAnswer> reply = new Reply<>(observer, longCalls);
        reply.sendLater(() -> {
            try {
                return portrait.digest(request.getVerify());
            } catch (CorruptDataException e) {
                portrait.quorum().readFailed(e);
                throw Status.DATA_LOSS
                        .withDescription(e.getMessage())
                        .withCause(e)
                        .asRuntimeException();
            }
        });
    }

    @Override
    public void transferLeadership(
            TransferLeadershipRequest request, StreamObserver<TransferLeadershipAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        Reply<TransferLeadershipAnswer> reply = new Reply<>(observer, caller.eventLoop());
        long start = System.nanoTime();
        try {
            Optional<ServerId> to =
                    Optional.of(request.getTo()).filter(id -> !id.isEmpty()).map(ServerId::new);
            Duration patience = Duration.ofNanos(Math.max(1, caller.deadlineNanos() - start));
            if (request.getStepDown()) {
                answer(
                        () -> portrait.quorum().stepDown(patience),
                        _ ->
                                TransferLeadershipAnswer.newBuilder()
                                        .setMillis(millisSince(start))
                                        .build(),
                        reply);
                return;
            }
            answer(
                    () -> portrait.quorum().transferLeadership(to, patience),
                    leader ->
                            TransferLeadershipAnswer.newBuilder()
                                    .setLeader(leader.value())
                                    .setMillis(millisSince(start))
                                    .build(),
                    reply);
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    @Override
    public void changeMembers(
            ChangeMembersRequest request, StreamObserver<ChangeMembersAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        Reply<ChangeMembersAnswer> reply = new Reply<>(observer, caller.eventLoop());
        try {
            MemberChange change = MemberRequests.change(request);
            Origin by = caller.principal().vouch(ModelCodec.decode(request.getOrigin()));
            answer(
                    () -> portrait.quorum().change(change, by),
                    refusal -> changed(change, by, refusal),
                    reply);
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    private ChangeMembersAnswer changed(MemberChange change, Origin by, Optional<Refusal> refusal) {
        if (refusal.isEmpty()) {
            ChangeLog.add(change, by);
        }
        ChangeMembersAnswer.Builder answer = ChangeMembersAnswer.newBuilder();
        refusal.ifPresentOrElse(
                why -> answer.setRefusal(RefusalCodec.encode(why)),
                () -> answer.addAllMembers(portrait.members()));
        return answer.build();
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        long start = System.nanoTime();
        answer(
                () -> portrait.quorum().snapshot(),
                index ->
                        SnapshotAnswer.newBuilder()
                                .setServer(portrait.server())
                                .setIndex(index)
                                .setMillis(millisSince(start))
                                .build(),
                new Reply<>(observer, caller.eventLoop()));
    }

    @Override
    public void saveBackup(SaveBackupRequest request, StreamObserver<SaveBackupAnswer> observer) {
        BackupStream.open(observer, portrait.backups());
    }

    @Override
    public void getConfig(GetConfigRequest request, StreamObserver<GetConfigAnswer> observer) {
        reads.point(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        GetConfigAnswer.newBuilder()
                                                .setHeader(header)
                                                .setConfig(
                                                        ModelCodec.encode(
                                                                new Queries(view).config()))
                                                .build()),
                observer);
    }

    @Override
    public void putConfig(PutConfig request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setPutConfig(request), observer);
    }

    @Override
    public void replace(ReplaceServer request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setReplaceServer(request), observer);
    }

    @Override
    public void raiseFeatureLevel(RaiseFeatureLevel request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRaiseFeatureLevel(request), observer);
    }

    private static <T, A> void answer(
            Supplier<CompletableFuture<T>> call, Function<T, A> answer, Reply<A> reply) {
        var _ =
                call.get()
                        .whenComplete((result, failure) -> {
                            if (failure == null) {
                                reply.sendLater(() -> answer.apply(result));
                            } else {
                                reply.fail(Failures.of(failure, Fate.UNKNOWN, LOG));
                            }
                        });
    }

    private static long millisSince(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    }
}
