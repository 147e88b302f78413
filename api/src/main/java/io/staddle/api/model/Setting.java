package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.Optional;
import java.util.stream.Stream;

/// A value of the replicated configuration: the same on all servers, changed by a command.
///
/// Truth values are 0 and 1. Keys are format: never renamed, and a retired one stays refused.
public enum Setting {
    /// Whether a claim may take a grain from an owner that lives.
    LIVE_TAKEOVER("claims.allow-live-takeover", 0, 0, 1, "(0 is no, 1 is yes)"),
    /// How far above the current epoch a claim may set the next.
    MAX_EPOCH_JUMP("claims.max-epoch-jump", 16, 1, 1_000_000, "epochs"),
    /// The longest lease that a grain can be acquired with.
    LEASE_MILLIS_MAX("leases.millis-max", 86_400_000, 1_000, 604_800_000, "milliseconds"),
    /// How long the row of a released grain is kept before its epoch moves to the floor of its
    /// type.
    TOMBSTONE_MILLIS("tombstones.millis", 86_400_000, 1_000, 31_536_000_000L, "milliseconds"),
    /// How many log entries with events are kept; the oldest go first.
    HISTORY_ENTRIES_MAX("history.entries-max", 1_000_000, 1, 1_000_000_000, "log entries"),
    /// How many events are kept, to within some thousands; the oldest entries go first. An entry
    /// may hold one or thousands.
    HISTORY_EVENTS_MAX("history.events-max", 1_000_000, 10_000, 1_000_000_000, "events"),
    /// How many entries the replay queue of a cluster holds.
    REPLAY_ENTRIES_MAX("replay.max-entries", 100_000, 1, 100_000_000, "entries"),
    /// How many bytes of keys and values the replay queue of a cluster holds.
    REPLAY_BYTES_MAX("replay.max-bytes", 64 << 20, 1 << 20, 1L << 40, "bytes"),
    /// The longest value of an entry of a replay queue.
    REPLAY_VALUE_BYTES_MAX("replay.max-value-bytes", 64 << 10, 1, 1 << 20, "bytes"),
    /// How many gaps an origin may leave in the numbers of what it appends to a replay queue.
    REPLAY_GAPS_MAX("replay.max-gaps", 256, 0, 10_000, "gaps");

    private final String key;
    private final long defaultValue;
    private final long min;
    private final long max;
    private final String unit;

    Setting(String key, long defaultValue, long min, long max, String unit) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
        this.unit = unit;
    }

    /// Returns the setting of that key; empty if there is none.
    public static Optional<Setting> of(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    /// Returns the value that `text` says, in this setting's unit.
    ///
    /// @throws MalformedException if it is no number of the range
    public long parse(String text) {
        try {
            long value = Long.parseLong(text.strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // said below, as for a number out of range
        }
        throw new MalformedException(new Expectation(key, range(), text));
    }

    /// Returns the range in words.
    public String range() {
        return min + " to " + max + " " + unit;
    }

    /// Returns the name in files and commands, such as `claims.max-epoch-jump`.
    public String key() {
        return key;
    }

    /// Returns the value that holds unless another was set.
    public long defaultValue() {
        return defaultValue;
    }

    /// Returns the smallest value.
    public long min() {
        return min;
    }

    /// Returns the largest value.
    public long max() {
        return max;
    }

    /// Returns what the number counts.
    public String unit() {
        return unit;
    }
}
