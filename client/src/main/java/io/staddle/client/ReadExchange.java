package io.staddle.client;

import io.grpc.MethodDescriptor;
import io.staddle.api.query.AnswerHeader;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.Consistency;
import io.staddle.api.v1.QueryAnswer;
import io.staddle.api.v1.QueryTrace;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;

import java.util.List;

/// Lookups and fence checks travel in `Batch.Read`, those of one consistency together.
final class ReadExchange implements Exchange<PendingRead<?>, ReadBatch, ReadBatchAnswer> {
    /// An answer and the state that all answers of its batch show.
    record Answered(AnswerHeader header, QueryAnswer answer) {}

    private final Consistency consistency;

    ReadExchange(Consistency consistency) {
        this.consistency = consistency;
    }

    @Override
    public MethodDescriptor<ReadBatch, ReadBatchAnswer> method() {
        return BatchGrpc.getReadMethod();
    }

    @Override
    public ReadBatch request(List<PendingRead<?>> calls) {
        ReadBatch.Builder batch = ReadBatch.newBuilder().setConsistency(consistency);
        for (PendingRead<?> call : calls) {
            String traceparent = call.span.traceparent();
            // That of a single one is a header, for whatever stands in between.
            if (!traceparent.isEmpty() && calls.size() > 1) {
                batch.addTraces(trace(batch.getQueriesCount(), traceparent));
            }
            batch.addQueries(call.query);
        }
        return batch.build();
    }

    private static QueryTrace trace(int query, String traceparent) {
        return QueryTrace.newBuilder().setQuery(query).setTraceparent(traceparent).build();
    }

    @Override
    public int deliver(ReadBatchAnswer answer, List<PendingRead<?>> calls) {
        Exchange.checkCount(answer.getAnswersCount(), calls.size());
        AnswerHeader header = Requests.header(answer.getHeader());
        int closed = 0;
        for (int i = 0; i < calls.size(); i++) {
            PendingRead<?> call = calls.get(i);
            if (call.close()) {
                call.complete(new Answered(header, answer.getAnswers(i)));
                closed++;
            }
        }
        return closed;
    }
}
