package io.staddle.server.front;

import java.util.concurrent.atomic.LongAdder;

/// What connections have under way, and what was refused because they had too much.
///
/// @param held calls under way, without those that are not bounded
/// @param refused calls on a connection with as many as it may have
/// @param watchesRefused watches on a connection with as many as it may have
public record CallCounters(LongAdder held, LongAdder refused, LongAdder watchesRefused) {
    /// Begins at nothing.
    public CallCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder());
    }
}
