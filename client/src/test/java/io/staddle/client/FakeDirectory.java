package io.staddle.client;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.model.Ownership;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.Grant;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.Query;
import io.staddle.api.v1.QueryAnswer;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.api.v1.Revision;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;

import java.util.concurrent.atomic.AtomicLong;

/// Answers without a memory: every acquire is granted, at an epoch of 7, unless its key begins
/// with `refused` or `strange`; nobody owns anything that is looked up.
final class FakeDirectory {
    private static final AtomicLong INDEX = new AtomicLong();

    private FakeDirectory() {}

    static WriteBatchAnswer write(WriteBatch batch, FakeQueue queue) {
        long index = INDEX.incrementAndGet();
        WriteBatchAnswer.Builder answer = WriteBatchAnswer.newBuilder();
        for (int i = 0; i < batch.getCommandsCount(); i++) {
            Command command = batch.getCommands(i);
            answer.addOutcomes(
                    isOfQueue(command)
                            ? queue.outcome(command, new io.staddle.api.id.Revision(index, i))
                            : outcome(
                                    command,
                                    Revision.newBuilder().setIndex(index).setOrdinal(i).build()));
        }
        return answer.build();
    }

    static ReadBatchAnswer read(ReadBatch batch) {
        ReadBatchAnswer.Builder answer = ReadBatchAnswer.newBuilder();
        answer.getHeaderBuilder().setIndex(INDEX.get()).setServer("fake").setAgeMillis(0);
        batch.getQueriesList().forEach(query -> answer.addAnswers(answer(query)));
        return answer.build();
    }

    private static boolean isOfQueue(Command command) {
        return command.hasAppendReplay() || command.hasAckReplay() || command.hasSettleReplay();
    }

    private static Outcome outcome(Command command, Revision revision) {
        Acquire acquire = command.getAcquire();
        Grain grain = acquire.getGrain();
        Outcome.Builder outcome = Outcome.newBuilder().setRevision(revision);
        if (command.hasRegisterCluster()) {
            Refusal known = new Refusal.AlreadyExists("cluster", "eu-1", "its region is eu");
            return outcome.setRefusal(RefusalCodec.encode(known)).build();
        }
        if (grain.getKey().startsWith("refused")) {
            Refusal why = new Refusal.ClusterDraining(new ClusterId(acquire.getCluster()));
            return outcome.setRefusal(RefusalCodec.encode(why)).build();
        }
        if (grain.getKey().startsWith("strange")) {
            outcome.getRefusalBuilder().setCode("FROM_THE_FUTURE").setMessage("not yet known");
            return outcome.build();
        }
        return outcome.setGrant(
                        Grant.newBuilder()
                                .setGrain(grain)
                                .setOwner(acquire.getCluster())
                                .setEpoch(7)
                                .setFence(1)
                                .setSince(revision))
                .build();
    }

    private static QueryAnswer answer(Query query) {
        return query.hasCheckFence()
                ? QueryAnswer.newBuilder()
                        .setCheckFence(
                                CheckFenceAnswer.newBuilder()
                                        .setValid(query.getCheckFence().getEpoch() == 7)
                                        .setCurrent(unowned(query.getCheckFence().getGrain())))
                        .build()
                : QueryAnswer.newBuilder().setLookup(unowned(query.getLookup().getGrain())).build();
    }

    private static io.staddle.api.v1.Ownership unowned(Grain grain) {
        return OwnershipCodec.encode(
                new Ownership.Unowned(io.staddle.api.codec.ModelCodec.decode(grain), Epoch.NONE));
    }
}
