package io.staddle.client;

import io.grpc.MethodDescriptor;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.CommandTrace;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;

import java.util.List;

/// Commands travel in `Batch.Write`.
final class WriteExchange implements Exchange<PendingCommand<?>, WriteBatch, WriteBatchAnswer> {
    @Override
    public MethodDescriptor<WriteBatch, WriteBatchAnswer> method() {
        return BatchGrpc.getWriteMethod();
    }

    @Override
    public WriteBatch request(List<PendingCommand<?>> calls) {
        WriteBatch.Builder batch = WriteBatch.newBuilder();
        for (PendingCommand<?> call : calls) {
            String traceparent = call.span.traceparent();
            // That of a single one is a header, for whatever stands in between.
            if (!traceparent.isEmpty() && calls.size() > 1) {
                batch.addTraces(trace(batch.getCommandsCount(), traceparent));
            }
            batch.addCommands(call.command);
        }
        return batch.build();
    }

    private static CommandTrace trace(int command, String traceparent) {
        return CommandTrace.newBuilder().setCommand(command).setTraceparent(traceparent).build();
    }

    @Override
    public int deliver(WriteBatchAnswer answer, List<PendingCommand<?>> calls) {
        Exchange.checkCount(answer.getOutcomesCount(), calls.size());
        int closed = 0;
        for (int i = 0; i < calls.size(); i++) {
            PendingCommand<?> call = calls.get(i);
            if (call.close()) {
                call.complete(answer.getOutcomes(i));
                closed++;
            }
        }
        return closed;
    }
}
