package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.AckReplay;
import io.staddle.api.v1.AppendReplay;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReplayGrpc;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.api.v1.ReplayStatusRequest;
import io.staddle.api.v1.SettleReplay;
import io.staddle.api.v1.TruncateReplay;

import java.time.InstantSource;

/// Writes kept for a cluster that is down, in order, until it has acknowledged them.
final class ReplayService extends ReplayGrpc.ReplayImplBase {
    private final Commands commands;
    private final Reads reads;
    private final InstantSource clock;

    /// @param clock the clock that the leader stamps entries with
    ReplayService(Commands commands, Reads reads, InstantSource clock) {
        this.commands = commands;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public void append(AppendReplay request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAppendReplay(request), observer);
    }

    @Override
    public void acknowledge(AckReplay request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAckReplay(request), observer);
    }

    @Override
    public void truncate(TruncateReplay request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setTruncateReplay(request), observer);
    }

    @Override
    public void settle(SettleReplay request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setSettleReplay(request), observer);
    }

    @Override
    public void peek(PeekReplayRequest request, StreamObserver<PeekReplayAnswer> observer) {
        reads.scan(() -> ReplayPages.peek(request, reads.limits()), observer);
    }

    @Override
    public void status(ReplayStatusRequest request, StreamObserver<ReplayStatusAnswer> observer) {
        reads.scan(() -> ReplayPages.status(request, clock), observer);
    }
}
