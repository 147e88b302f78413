package io.staddle.server.events;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What the hub counts.
///
/// @param watchers who watch now
/// @param refused who found as many as may watch
/// @param lagging how often one fell behind
/// @param readings pages of history that were read for those who were behind
public record WatchCounters(
        AtomicInteger watchers, LongAdder refused, LongAdder lagging, LongAdder readings) {
    WatchCounters() {
        this(new AtomicInteger(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
