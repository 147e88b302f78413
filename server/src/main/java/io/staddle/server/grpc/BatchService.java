package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;

import java.util.List;

/// Many commands or lookups in one message.
final class BatchService extends BatchGrpc.BatchImplBase {
    private final Commands commands;
    private final Reads reads;

    BatchService(Commands commands, Reads reads) {
        this.commands = commands;
        this.reads = reads;
    }

    @Override
    public void write(WriteBatch request, StreamObserver<WriteBatchAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        Reply<WriteBatchAnswer> reply = new Reply<>(observer, caller.eventLoop());
        if (request.getCommandsCount() > commands.limits().batchCommands()) {
            reply.malformed(tooMany("commands", request.getCommandsCount()));
            return;
        }
        BatchWrite call = new BatchWrite(request, commands, caller, reply);
        if (call.commands().isEmpty()) {
            call.answer(List.of());
        } else {
            commands.submit(call);
        }
    }

    @Override
    public void read(ReadBatch request, StreamObserver<ReadBatchAnswer> observer) {
        if (request.getQueriesCount() > reads.limits().batchCommands()) {
            observer.onError(Statuses.malformed(tooMany("queries", request.getQueriesCount())));
            return;
        }
        reads.point(() -> BatchRead.request(request, reads.fences()), observer);
    }

    private String tooMany(String what, int found) {
        return what
                + " must be at most "
                + commands.limits().batchCommands()
                + " (limits.batch-commands), are "
                + found;
    }
}
