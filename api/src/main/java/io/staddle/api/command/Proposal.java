package io.staddle.api.command;

import io.staddle.api.model.Origin;

/// A command together with who asks for it and why.
///
/// @param term the term of the leader that decided to propose it, so that it is refused in any
///     other; 0 for commands of clients
public record Proposal(Command command, Origin origin, long term) {
    /// Creates a proposal of a client.
    public Proposal(Command command, Origin origin) {
        this(command, origin, 0);
    }

    /// Returns a proposal of which nothing more is known.
    public static Proposal of(Command command) {
        return new Proposal(command, Origin.NONE);
    }

    /// Returns the same proposal for one term only.
    public Proposal inTerm(long only) {
        return new Proposal(command, origin, only);
    }
}
