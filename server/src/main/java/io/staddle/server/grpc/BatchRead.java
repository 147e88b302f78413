package io.staddle.server.grpc;

import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.AnswerHeader;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.CheckFenceRequest;
import io.staddle.api.v1.Query;
import io.staddle.api.v1.QueryAnswer;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.server.front.FenceChecks;
import io.staddle.statemachine.query.Queries;

import java.util.List;

/// A call of many queries, all answered from one state.
final class BatchRead {
    private final Queries state;
    private final FenceChecks fences;

    private BatchRead(Queries state, FenceChecks fences) {
        this.state = state;
        this.fences = fences;
    }

    static Reads.Request<ReadBatchAnswer> request(ReadBatch batch, FenceChecks fences) {
        List<Query> queries = batch.getQueriesList();
        boolean checksFences = queries.stream().anyMatch(Query::hasCheckFence);
        Consistency asked = Consistencies.decode(batch.getConsistency());
        return new Reads.Request<>(
                checksFences ? Consistency.LINEARIZABLE : asked,
                Math.max(1, queries.size()),
                (view, header) -> answer(queries, new BatchRead(new Queries(view), fences), header),
                (tracing, consistency) -> QueryTraces.ofBatch(batch, tracing, consistency));
    }

    private static ReadBatchAnswer answer(
            List<Query> queries, BatchRead read, AnswerHeader header) {
        ReadBatchAnswer.Builder answer = ReadBatchAnswer.newBuilder().setHeader(header);
        for (int i = 0; i < queries.size(); i++) {
            answer.addAnswers(read.answer(queries.get(i)));
        }
        return answer.build();
    }

    private QueryAnswer answer(Query query) {
        try {
            return switch (query.getKindCase()) {
                case LOOKUP ->
                        QueryAnswer.newBuilder()
                                .setLookup(
                                        OwnershipCodec.encode(
                                                state.lookup(
                                                        ModelCodec.decode(
                                                                query.getLookup().getGrain()))))
                                .build();
                case CHECK_FENCE -> check(query.getCheckFence());
                case KIND_NOT_SET ->
                        throw new MalformedException(
                                new Expectation("query", "one this server knows", "none"));
            };
        } catch (MalformedException e) {
            return refused(e.expectation());
        }
    }

    private QueryAnswer check(CheckFenceRequest request) {
        FenceCheck check =
                fences.counted(
                        state.checkFence(
                                ModelCodec.decode(request.getGrain()),
                                new ClusterId(request.getHolder()),
                                new Epoch(request.getEpoch())));
        return QueryAnswer.newBuilder()
                .setCheckFence(
                        CheckFenceAnswer.newBuilder()
                                .setValid(check.valid())
                                .setCurrent(OwnershipCodec.encode(check.current())))
                .build();
    }

    private static QueryAnswer refused(Expectation wrong) {
        Refusal why = new Refusal.Malformed(wrong.field(), wrong.expected(), wrong.found());
        return QueryAnswer.newBuilder().setRefusal(RefusalCodec.encode(why)).build();
    }
}
