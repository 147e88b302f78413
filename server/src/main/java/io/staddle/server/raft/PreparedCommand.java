package io.staddle.server.raft;

import io.staddle.api.command.Proposal;
import io.staddle.api.v1.Command;
import io.staddle.server.trace.CommandTrace;

/// A command that is well-formed, as it came and as it was read: neither is done twice.
///
/// @param trace is told how far it gets
public record PreparedCommand(Command encoded, Proposal proposal, CommandTrace trace) {
    /// A command that nobody traces.
    public PreparedCommand(Command encoded, Proposal proposal) {
        this(encoded, proposal, CommandTrace.NONE);
    }

    /// Returns the same command, traced.
    public PreparedCommand with(CommandTrace newTrace) {
        return new PreparedCommand(encoded, proposal, newTrace);
    }
}
