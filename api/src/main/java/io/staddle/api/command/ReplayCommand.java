package io.staddle.api.command;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayWrite;

import java.util.List;

/// Commands about replay queues: writes that a cluster missed, in order, until it has applied them.
public sealed interface ReplayCommand extends Command {
    /// The cluster that is to make up for what is in the queue.
    ClusterId target();

    /// Puts writes at the end of the queue, in their order: all that are new, or none.
    ///
    /// What the queue has taken before is skipped, also if it was acknowledged since. Refused with
    /// `BUFFER_FULL` if the new ones do not fit.
    ///
    /// @param writes 1 to [#WRITES_MAX], of at most [#BYTES_MAX] bytes together
    record Append(ClusterId target, List<ReplayWrite> writes) implements ReplayCommand {
        /// How many writes one command may carry.
        public static final int WRITES_MAX = 1_000;

        /// How many bytes of keys and values one command may carry.
        public static final long BYTES_MAX = 2 << 20;

        /// Copies the list, and refuses too many.
        public Append {
            Checks.inRange("writes", writes.size(), 1, WRITES_MAX);
            long bytes = writes.stream().mapToLong(ReplayWrite::bytes).sum();
            Checks.inRange("bytes of writes", bytes, 1, BYTES_MAX);
            writes = List.copyOf(writes);
        }
    }

    /// Says that everything up to and including `throughSeq` was applied: it is removed.
    ///
    /// At or below what was acknowledged before it changes nothing; above the last entry it is
    /// refused with `OUT_OF_RANGE`.
    ///
    /// @param throughSeq a place in the queue, 1 or more
    record Acknowledge(ClusterId target, long throughSeq, ConsumerId consumer)
            implements ReplayCommand {
        /// Refuses the place before the first.
        public Acknowledge {
            Checks.positive("through seq", throughSeq);
        }
    }

    /// Throws away everything up to and including `throughSeq`, applied or not: an operator's
    /// command, and the only way to lose an entry.
    ///
    /// @param throughSeq a place in the queue, 1 or more
    /// @param seenAckedSeq what was acknowledged when the operator looked
    /// @param reason 1 to 512 characters
    record Truncate(ClusterId target, long throughSeq, long seenAckedSeq, String reason)
            implements ReplayCommand {
        private static final int REASON_MAX = 512;

        /// Refuses the place before the first, and an act without a reason.
        public Truncate {
            Checks.positive("through seq", throughSeq);
            Checks.notNegative("seen acked seq", seenAckedSeq);
            if (reason.isBlank() || reason.length() > REASON_MAX) {
                throw new MalformedException(
                        new Expectation("reason", "1 to " + REASON_MAX + " characters", reason));
            }
        }
    }

    /// Says that an origin sends no write up to and including `through` any more: what is missing
    /// there is missed no longer, and what comes yet is skipped.
    ///
    /// A producer begins with it, so that nothing its predecessor sent can take the place of what
    /// it sends itself.
    ///
    /// @param through a number of the origin, 1 to [WriteId#SEQ_MAX]
    record Settle(ClusterId target, ClusterId origin, long through) implements ReplayCommand {
        /// Refuses what cannot be a number.
        public Settle {
            Checks.inRange("through", through, 1, WriteId.SEQ_MAX);
        }
    }
}
