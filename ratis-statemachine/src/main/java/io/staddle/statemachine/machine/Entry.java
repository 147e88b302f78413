package io.staddle.statemachine.machine;

import io.staddle.api.command.Proposal;

import java.util.List;

/// One log entry: many commands, decided one after the other.
///
/// @param stampMillis the leader's clock when it proposed the entry
public record Entry(long stampMillis, List<Proposal> proposals) {}
