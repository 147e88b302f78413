package io.staddle.statemachine.state;

import io.staddle.storage.Reads;
import io.staddle.storage.View;

/// The keys of [Schema#NUMBERS].
public final class Numbers {
    /// The holding that was opened last.
    public static final String LAST_HOLDING = "last_holding";

    /// The logical time in milliseconds since 1970.
    public static final String LOGICAL_NOW = "logical_now";

    /// The logical time until which no lease ends, if a clock ever jumped.
    public static final String LEASES_HELD_UNTIL = "leases_held_until";

    /// The first index whose events are kept, if any were trimmed.
    public static final String HISTORY_FIRST = "history_first";

    /// How many events were ever recorded.
    public static final String HISTORY_EVENTS = "history_events";

    /// The logical time from which on to look for events that are too old, if age is bounded.
    public static final String HISTORY_LOOK = "history_look";

    /// How many bytes of history were ever recorded, from the feature level of their bound on.
    public static final String HISTORY_BYTES = "history_bytes";

    /// How many of them were let go of.
    public static final String HISTORY_BYTES_GONE = "history_bytes_gone";

    /// The term of the leader that proposed last, from the feature level of barriers on.
    public static final String LED_TERM = "led_term";

    /// The logical time at which that leader's first entry was applied.
    public static final String LED_SINCE = "led_since";

    /// The index from which on every state can be read, as far as history is kept; 0 before the
    /// feature level of time travel.
    public static final String UNDO_SINCE = "undo_since";

    /// The index that the state of a backup was restored at, if it was.
    public static final String RESTORED_AT = "restored_at";

    private Numbers() {}

    /// Returns the number at `key`; 0 if there is none.
    public static long get(Reads view, String key) {
        return view.get(Schema.NUMBERS, key).orElse(0L);
    }

    /// Tells whether this is the state of a backup, and nothing was applied to it since.
    public static boolean isAsRestored(View view) {
        long index = view.applied().index();
        return index > 0 && get(view, RESTORED_AT) == index;
    }

    /// Returns the number above which everything begins that proves something, and of which nothing
    /// is kept: the deployment that the backup is of may have given out any number up to it. 0 if
    /// there is no such deployment.
    public static long restoredAbove(Reads view) {
        return view.get(Schema.RESTORED_ABOVE, Schema.ONLY).orElse(0L);
    }
}
