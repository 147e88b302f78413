package io.staddle.api.command;

import io.staddle.api.model.Origin;

/// A command together with who asks for it and why.
public record Proposal(Command command, Origin origin) {
    /// Returns a proposal of which nothing more is known.
    public static Proposal of(Command command) {
        return new Proposal(command, Origin.NONE);
    }
}
