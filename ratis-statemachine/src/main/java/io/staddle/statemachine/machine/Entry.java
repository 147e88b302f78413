package io.staddle.statemachine.machine;

import io.staddle.api.command.Proposal;

import java.util.List;

/// One log entry: many commands, decided one after the other.
///
/// @param stampMillis the leader's clock when it proposed the entry
/// @param jumpMillis how far that clock had run ahead of the time that the leader had seen go by; 0
///     unless it jumped
public record Entry(long stampMillis, long jumpMillis, List<Proposal> proposals) {
    /// Makes an entry of a leader whose clock had not jumped.
    public Entry(long stampMillis, List<Proposal> proposals) {
        this(stampMillis, 0, proposals);
    }
}
