package io.staddle.server.raft;

import io.staddle.api.command.Proposal;
import io.staddle.api.v1.Command;

/// A command that is well-formed, as it came and as it was read: neither is done twice.
public record PreparedCommand(Command encoded, Proposal proposal) {}
