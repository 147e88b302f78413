package io.staddle.api.event;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;

import java.util.List;

/// What happened to replay queues.
public sealed interface ReplayEvent extends Event {
    /// The cluster that is to make up for what is in the queue.
    ClusterId target();

    /// Entries stand at the end of the queue. History keeps only that they came ([Appended]): what
    /// they say stands in the queue, and may be long.
    ///
    /// @param origins what the queue knows now of those that the entries come from
    record Queued(ClusterId target, List<ReplayEntry> entries, List<ReplayOrigin> origins)
            implements ReplayEvent {
        /// Copies the lists.
        public Queued {
            entries = List.copyOf(entries);
            origins = List.copyOf(origins);
        }

        @Override
        public boolean isKept() {
            return false;
        }
    }

    /// A backlog begins: the queue was empty.
    ///
    /// @param firstSeq the place of its first entry
    record Buffered(ClusterId target, long firstSeq) implements ReplayEvent {}

    /// Entries came.
    ///
    /// @param bytes of their keys and values
    record Appended(ClusterId target, long firstSeq, long lastSeq, long bytes)
            implements ReplayEvent {}

    /// The target has applied entries; they are gone.
    ///
    /// @param throughSeq the last of them
    /// @param entries how many
    /// @param bytes of their keys and values
    record Acknowledged(
            ClusterId target, long throughSeq, long entries, long bytes, ConsumerId consumer)
            implements ReplayEvent {}

    /// A backlog ended: the target has applied all of it, but for what was truncated.
    ///
    /// @param entries how many there were since it began
    record Replayed(ClusterId target, long entries) implements ReplayEvent {}

    /// An operator threw entries away, though they may not have been applied.
    ///
    /// @param throughSeq the last of them
    /// @param entries how many
    /// @param bytes of their keys and values
    record Truncated(ClusterId target, long throughSeq, long entries, long bytes, String reason)
            implements ReplayEvent {}

    /// An origin sends nothing up to and including `through` any more.
    record Settled(ClusterId target, ClusterId origin, long through) implements ReplayEvent {}
}
