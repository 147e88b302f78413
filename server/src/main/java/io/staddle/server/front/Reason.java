package io.staddle.server.front;

/// Why a call got no answer. The names travel, in the trailer `staddle-reason`.
public enum Reason {
    /// Another server leads.
    NOT_LEADER,
    /// No majority answered in time, or leadership was lost meanwhile.
    NO_QUORUM,
    /// A limit of this server was reached.
    OVERLOADED,
    /// The caller's deadline passed.
    DEADLINE,
    /// This server cannot give an answer as fresh as was asked for.
    TOO_STALE,
    /// The state of the past that was asked for is not kept, or has not been.
    NO_SUCH_STATE,
    /// This server stops.
    STOPPING,
    /// A broken promise within this server; its log says more.
    INTERNAL
}
