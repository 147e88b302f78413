package io.staddle.statemachine.restore;

import io.staddle.api.model.ReplayQueue;
import io.staddle.statemachine.state.QueuePlace;
import io.staddle.statemachine.state.ReplayRow;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Raises the places in replay queues: whoever has applied the entry at a place does not take
/// another entry for it.
final class ReplayRaiseProjection {
    private static final int ENTRIES_OF_COMMIT = 500;

    private ReplayRaiseProjection() {}

    /// Puts all entries in their new places.
    ///
    /// @param commit makes a commit of what it is given
    static void entries(Reads before, long by, Consumer<Consumer<Batch>> commit) {
        try (var rows = before.scan(Schema.REPLAY_ENTRIES, KeyRange.all())) {
            while (rows.hasNext()) {
                List<Row<QueuePlace, ReplayRow>> page = new ArrayList<>();
                while (rows.hasNext() && page.size() < ENTRIES_OF_COMMIT) {
                    page.add(rows.next());
                }
                commit.accept(batch ->
                        page.forEach(row ->
                                batch.enqueue(
                                        Schema.REPLAY_ENTRIES,
                                        new QueuePlace(row.key().target(), row.key().seq() + by),
                                        row.value())));
            }
        }
    }

    /// Takes them from their old ones.
    static void raise(Batch batch, long by) {
        for (ReplayQueue queue : batch.values(Schema.REPLAY_QUEUES)) {
            batch.drop(
                    Schema.REPLAY_ENTRIES,
                    QueuePlace.between(queue.target(), queue.ackedSeq(), queue.lastSeq()));
            batch.update(
                    Schema.REPLAY_QUEUES,
                    queue.target(),
                    new ReplayQueue(
                            queue.target(),
                            queue.nextSeq() + by,
                            queue.ackedSeq() + by,
                            queue.totalBytes(),
                            queue.ackedBytes(),
                            queue.backlogSeq() + by,
                            queue.lastAck()));
        }
    }
}
