package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

import java.util.ArrayList;
import java.util.List;

/// Which writes of one origin a queue has taken: all up to `highest`, but for the gaps.
///
/// It outlives the entries, so a write that comes again is known for ever. It stays small as long
/// as the origin leaves few gaps; how many it may leave is bounded.
///
/// @param highest the highest number seen; 0 for none
/// @param settled up to here nothing comes any more, as the origin has said; 0 if it never has
/// @param gaps what is missing between `settled` and `highest`, ascending, not touching each other
public record ReplayOrigin(ClusterId origin, long highest, long settled, List<Gap> gaps) {
    /// Numbers that are missing.
    ///
    /// @param from the first one
    /// @param to the last one
    public record Gap(long from, long to) {}

    /// Copies the gaps.
    public ReplayOrigin {
        gaps = List.copyOf(gaps);
    }

    /// Returns what is known of an origin that has not appended anything.
    public static ReplayOrigin none(ClusterId origin) {
        return new ReplayOrigin(origin, 0, 0, List.of());
    }

    /// Tells whether the origin has said that it does not send this number any more.
    public boolean isSettled(long seq) {
        return seq <= settled;
    }

    /// Tells whether this number was taken.
    public boolean isKnown(long seq) {
        return seq <= highest
                && !isSettled(seq)
                && gaps.stream().noneMatch(gap -> gap.from() <= seq && seq <= gap.to());
    }

    /// Returns it with one number more, which is neither known nor settled.
    public ReplayOrigin with(long seq) {
        if (seq - 1 == highest) {
            return new ReplayOrigin(origin, seq, settled, gaps);
        }
        List<Gap> next = new ArrayList<>(gaps.size() + 1);
        for (Gap gap : gaps) {
            if (gap.from() <= seq && seq <= gap.to()) {
                add(gap.from(), seq - 1, next);
                add(seq + 1, gap.to(), next);
            } else {
                next.add(gap);
            }
        }
        add(highest + 1, seq - 1, next);
        return new ReplayOrigin(origin, Math.max(highest, seq), settled, next);
    }

    /// Returns it with nothing missing up to and including `through`.
    public ReplayOrigin settledThrough(long through) {
        if (through <= settled) {
            return this;
        }
        List<Gap> next = new ArrayList<>(gaps.size());
        gaps.forEach(gap -> add(Math.max(gap.from(), through + 1), gap.to(), next));
        return new ReplayOrigin(origin, Math.max(highest, through), through, next);
    }

    private static void add(long from, long to, List<Gap> gaps) {
        if (from <= to) {
            gaps.add(new Gap(from, to));
        }
    }
}
