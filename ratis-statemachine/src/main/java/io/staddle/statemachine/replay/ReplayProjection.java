package io.staddle.statemachine.replay;

import io.staddle.api.event.ReplayEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.QueueOrigin;
import io.staddle.statemachine.state.QueuePlace;
import io.staddle.statemachine.state.ReplayRow;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

/// Records what happened to replay queues. It never refuses.
public final class ReplayProjection {
    private ReplayProjection() {}

    /// Records one event.
    public static void record(ReplayEvent event, Batch batch, Tick tick) {
        switch (event) {
            case ReplayEvent.Queued queued -> queued(queued, batch);
            case ReplayEvent.Acknowledged e -> {
                ReplayQueue queue = ReplayRules.queue(e.target(), batch);
                drop(queue, e.throughSeq(), batch);
                put(
                        queue.without(e.throughSeq(), e.bytes())
                                .acknowledged(e.consumer(), tick.nowMillis()),
                        batch);
            }
            case ReplayEvent.Truncated e -> {
                ReplayQueue queue = ReplayRules.queue(e.target(), batch);
                drop(queue, e.throughSeq(), batch);
                put(queue.without(e.throughSeq(), e.bytes()), batch);
            }
            case ReplayEvent.Settled(var target, var origin, var through) ->
                    put(
                            target,
                            Intake.origin(target, origin, batch).settledThrough(through),
                            batch);
            // These are for history.
            case ReplayEvent.Buffered _, ReplayEvent.Appended _, ReplayEvent.Replayed _ -> {}
        }
    }

    private static void queued(ReplayEvent.Queued queued, Batch batch) {
        ReplayQueue queue = ReplayRules.queue(queued.target(), batch);
        long bytes = 0;
        for (ReplayEntry entry : queued.entries()) {
            bytes += entry.write().bytes();
            batch.enqueue(
                    Schema.REPLAY_ENTRIES,
                    new QueuePlace(queued.target(), entry.seq()),
                    new ReplayRow(entry.write(), entry.atMillis(), queue.totalBytes() + bytes));
        }
        queued.origins().forEach(origin -> put(queued.target(), origin, batch));
        put(queue.grownBy(queued.entries().size(), bytes), batch);
    }

    /// Costs the same however many entries go.
    private static void drop(ReplayQueue queue, long throughSeq, Batch batch) {
        batch.drop(
                Schema.REPLAY_ENTRIES,
                QueuePlace.between(queue.target(), queue.ackedSeq(), throughSeq));
    }

    private static void put(ReplayQueue queue, Batch batch) {
        batch.put(Schema.REPLAY_QUEUES, queue.target(), queue);
    }

    private static void put(ClusterId target, ReplayOrigin origin, Batch batch) {
        batch.put(Schema.REPLAY_ORIGINS, new QueueOrigin(target, origin.origin()), origin);
    }
}
