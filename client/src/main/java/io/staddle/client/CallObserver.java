package io.staddle.client;

/// Is told of each call that has ended, for metrics. What agents of the client call is told, too;
/// how it looks for the leader, and watches, are not.
public interface CallObserver {
    /// Observes nothing, at no cost.
    CallObserver NONE = (kind, end, nanos) -> {};

    /// Notes that a call has ended. It runs on the I/O thread, so it must not block; what it throws
    /// is lost.
    ///
    /// @param nanos from when it was asked for to its end, waiting for room included
    void ended(Kind kind, End end, long nanos);

    /// What a call asks for.
    enum Kind {
        /// A change.
        COMMAND,
        /// Facts.
        QUERY
    }

    /// How a call ended.
    enum End {
        /// It was carried out, or answered.
        ANSWERED,
        /// It was refused.
        REFUSED,
        /// It is a command, and nobody knows whether it was carried out.
        UNKNOWN,
        /// With another exception: no server took it, too many calls are outstanding, the client
        /// was closed.
        FAILED
    }
}
